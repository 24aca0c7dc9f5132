from pathlib import Path

import pytest

from bot.i18n.languages import Language, Languages, read_languages

LANGUAGES = Languages(
    [
        Language("de", "Deutsch"),
        Language("en", "English"),
        Language("ar", "العربية", "rtl"),
        Language("ku", "Kurmancî", interface=False, answered_in=("tr", "ar"), notice="{language}"),
        Language("ps", "پښتو", "rtl", interface=False, answered_in=("fa",), notice="{language}"),
    ]
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "languages.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------------- which one is meant


def test_languages_keep_their_order() -> None:
    assert list(LANGUAGES) == ["de", "en", "ar", "ku", "ps"]
    assert len(LANGUAGES) == 5
    assert LANGUAGES["ar"].name == "العربية"
    assert LANGUAGES.interface == ("de", "en", "ar")


def test_a_lotse_that_speaks_no_language_does_not_start() -> None:
    with pytest.raises(ValueError, match="no language has `interface: yes`"):
        Languages([Language("ku", "Kurmancî", interface=False)])


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_at", "de"),
        ("ar-SY", "ar"),
        ("kmr-Latn-TR", "ku"),
        ("pbt", "ps"),
        ("pt-BR", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_of_a_phone_means_a_known_language_or_none(tag: str | None, code: str | None) -> None:
    assert LANGUAGES.known(tag) == code


def test_a_language_with_interface_is_answered_in_itself() -> None:
    assert LANGUAGES.answer_language("ar", "de") == "ar"


def test_a_language_without_interface_is_answered_in_the_chosen_one() -> None:
    assert LANGUAGES.answer_language("ku", "de") == "de"


def test_without_a_choice_it_is_answered_in_the_best_shared_one_that_has_an_interface() -> None:
    assert LANGUAGES.answer_language("ku") == "ar"


def test_what_shares_no_language_with_lotse_is_answered_in_english() -> None:
    assert LANGUAGES.answer_language("ps") == "en"
    assert LANGUAGES.answer_language("nl", "nl") == "en"
    assert LANGUAGES.answer_language(None) == "en"


def test_a_lotse_without_english_falls_back_on_its_first_language() -> None:
    languages = Languages([Language("ku", "Kurmancî", interface=False), Language("fr", "Français")])

    assert languages.answer_language(None) == "fr"


def test_the_languages_of_the_phone_are_offered_first_and_each_one_once() -> None:
    assert LANGUAGES.offered(["ar-SY", "ku", "pt", "ar", "en"]) == ("ar", "en", "de")
    assert LANGUAGES.offered([]) == ("de", "en", "ar")


# ---------------------------------------------------------------------- the file


def test_a_file_of_languages_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        de: {name: Deutsch, direction: ltr, interface: yes}
        ps: {name: پښتو, direction: rtl, interface: no, answered_in: [de], translation: machine, notice: "{language}!"}
        """,
    )

    languages = read_languages(path)

    assert languages["de"] == Language("de", "Deutsch")
    assert languages["ps"] == Language("ps", "پښتو", "rtl", interface=False, answered_in=("de",), notice="{language}!")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{name: Deutsch, direction: ltr, interface: yes, dialect: Platt}", "de: unknown key 'dialect'"),
        ("{name: Deutsch, interface: yes}", "de: direction must be ltr or rtl"),
        ("{direction: ltr, interface: yes}", "de: the language's own name is missing"),
        ("{name: Deutsch, direction: ltr, notice: Ich verstehe Deutsch.}", "needs a notice that holds {language}"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_wrong(tmp_path: Path, entry: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"languages\.yaml") as caught:
        read_languages(written(tmp_path, f"de: {entry}"))

    assert complaint in str(caught.value)


def test_every_language_without_interface_is_answered_in_one_that_has_it(languages: Languages) -> None:
    for code, language in languages.items():
        if not language.interface:
            assert set(language.answered_in) <= set(languages.interface), code
            assert languages.answer_language(code) == language.answered_in[0]
