from gettext import NullTranslations
from pathlib import Path

import pytest

from bot.i18n.catalogues import Catalogues, Phrases, catalogue_path, read_catalogues
from bot.i18n.languages import Language, Languages

LANGUAGES = Languages([Language("en", "English"), Language("uk", "Українська")])
UKRAINIAN = """
msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Help"
msgstr "Допомога"

msgid "Continue in {language}"
msgstr "Далі мовою: {language}"

#, fuzzy
msgid "Goodbye"
msgstr "Дякую"

msgid "{number} day"
msgid_plural "{number} days"
msgstr[0] "{number} день"
msgstr[1] "{number} дні"
msgstr[2] "{number} днів"
"""


@pytest.fixture
def ukrainian(tmp_path: Path) -> Phrases:
    path = catalogue_path(tmp_path, "uk")
    path.parent.mkdir(parents=True)
    path.write_text(UKRAINIAN, encoding="utf-8")
    return read_catalogues(tmp_path, LANGUAGES)["uk"]


def test_a_catalogue_lies_where_gettext_expects_it() -> None:
    assert catalogue_path(Path("locales"), "uk") == Path("locales/uk/LC_MESSAGES/lotse.po")


def test_a_message_is_translated(ukrainian: Phrases) -> None:
    assert ukrainian("Help") == "Допомога"
    assert ukrainian.locale == "uk"


def test_a_placeholder_is_filled(ukrainian: Phrases) -> None:
    assert ukrainian("Continue in {language}", language="Deutsch") == "Далі мовою: Deutsch"


def test_a_message_without_values_keeps_its_placeholders(ukrainian: Phrases) -> None:
    assert ukrainian("Continue in {language}") == "Далі мовою: {language}"


def test_a_message_without_translation_stays_english(ukrainian: Phrases) -> None:
    assert ukrainian("New") == "New"


def test_a_guessed_translation_is_not_used(ukrainian: Phrases) -> None:
    assert ukrainian("Goodbye") == "Goodbye"


@pytest.mark.parametrize(("number", "text"), [(1, "1 день"), (2, "2 дні"), (5, "5 днів"), (21, "21 день")])
def test_a_number_takes_the_form_of_its_language(ukrainian: Phrases, number: int, text: str) -> None:
    assert ukrainian.count("{number} day", "{number} days", number, number=str(number)) == text


def test_english_needs_no_file(tmp_path: Path) -> None:
    english = read_catalogues(tmp_path, Languages([Language("en", "English")]))["en"]

    assert english("Help") == "Help"
    assert english.count("{number} day", "{number} days", 2, number="2") == "2 days"


def test_a_missing_catalogue_is_noticed_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_catalogues(tmp_path, LANGUAGES)


def test_there_are_no_texts_in_a_language_without_interface() -> None:
    with pytest.raises(KeyError):
        Catalogues({"en": NullTranslations()})["ku"]
