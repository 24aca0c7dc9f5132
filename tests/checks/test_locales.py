from pathlib import Path

import pytest

from bot.checks.locales import check_locales, messages
from bot.i18n.languages import Language, Languages
from bot.library.problems import Problem

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = Languages([Language("en", "English"), Language("ru", "Русский"), Language("ar", "العربية", "rtl")])

_CODE = """\
def greeting(phrases, count, n):
    _ = phrases
    phrases("Hello")
    _("You have {name} in {place}.", name="x", place="y")
    count("{number} week", "{number} weeks", n, number=str(n))
"""
_RUSSIAN = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10||n%100>=20) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Hello"
msgstr "Здравствуйте"

msgid "You have {name} in {place}."
msgstr "В {place} у вас {name}."

msgid "{number} week"
msgid_plural "{number} weeks"
msgstr[0] "{number} неделя"
msgstr[1] "{number} недели"
msgstr[2] "{number} недель"
"""
_ARABIC = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Hello"
msgstr "أهلا"

msgid "You have {name} in {place}."
msgstr "لديك {name} في {place}."

msgid "{number} week"
msgid_plural "{number} weeks"
msgstr[0] "{number} أسبوع"
msgstr[1] "أسبوع واحد"
msgstr[2] "أسبوعان"
msgstr[3] "{number} أسابيع"
msgstr[4] "{number} أسبوعًا"
msgstr[5] "{number} أسبوع"
"""


class Interface:
    """A little code with its texts, and their catalogues in two languages."""

    def __init__(self, folder: Path) -> None:
        self.source, self.locales = folder / "bot", folder / "locales"
        self.source.mkdir()
        (self.source / "screens.py").write_text(_CODE, encoding="utf-8")
        for locale, text in (("ru", _RUSSIAN), ("ar", _ARABIC)):
            path = self.path(locale)
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")

    def path(self, locale: str) -> Path:
        return self.locales / locale / "LC_MESSAGES" / "lotse.po"

    def replace(self, locale: str, old: str, new: str) -> Path:
        text = self.path(locale).read_text(encoding="utf-8")
        assert old in text
        self.path(locale).write_text(text.replace(old, new), encoding="utf-8")
        return self.path(locale)

    def problems(self) -> list[Problem]:
        return check_locales(self.locales, LANGUAGES, self.source)


@pytest.fixture
def interface(tmp_path: Path) -> Interface:
    return Interface(tmp_path)


def test_in_catalogues_that_are_right_nothing_is_found(interface: Interface) -> None:
    # Arabic says one week and two weeks in words of their own, without a number.
    assert interface.problems() == []


def test_the_catalogues_of_the_project_are_right(languages: Languages) -> None:
    assert [str(problem) for problem in check_locales(ROOT / "locales", languages, ROOT / "bot")] == []


def test_every_way_to_ask_for_a_text_is_seen(interface: Interface) -> None:
    found = {message.id for message in messages(interface.source) if message.id}
    assert found == {"Hello", "You have {name} in {place}.", ("{number} week", "{number} weeks")}


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ('msgstr "Здравствуйте"', 'msgstr ""', 7, "'Hello' is not translated"),
        ('msgid "Hello"', '#, fuzzy\nmsgid "Hello"', 7, "'Hello' is not translated"),
        ("{number} недели", "", 13, "'{number} weeks' is not translated"),
        ("В {place} у вас", "У вас", 10, "are not those of the original"),
        ("В {place} у вас", "В {ort} у вас", 10, "are not those of the original"),
        ("{number} недель", "недель", 13, "are not those of the original"),
        # 1, 21, 31 … share this form: a word alone would be wrong for all but the first.
        ("{number} неделя", "одна неделя", 13, "are not those of the original"),
    ],
)
def test_a_wrong_translation_is_named_with_file_line_and_cure(
    interface: Interface, right: str, wrong: str, line: int, what: str
) -> None:
    path = interface.replace("ru", right, wrong)
    [problem] = interface.problems()
    assert (problem.path, problem.severity) == (path, "error")
    assert abs(problem.line - line) <= 1, "the line of the message or of its comment"
    assert what in problem.what
    assert problem.cure


def test_a_form_for_one_number_may_leave_out_the_number_but_nothing_else(interface: Interface) -> None:
    interface.replace("ar", '"أسبوعان"', '"أسبوعان {when}"')
    [problem] = interface.problems()
    assert "{number}" in problem.cure


def test_a_text_that_is_missing_is_named(interface: Interface) -> None:
    path = interface.replace("ru", 'msgid "Hello"\nmsgstr "Здравствуйте"\n', "")
    [problem] = interface.problems()
    assert (problem.path, problem.what) == (path, "'Hello' is missing.")
    assert "make messages" in problem.cure


def test_a_text_that_the_code_no_longer_asks_for_is_a_warning(interface: Interface) -> None:
    path = interface.replace("ru", 'msgid "Hello"', 'msgid "Goodbye"\nmsgstr "До свидания"\n\nmsgid "Hello"')
    [problem] = interface.problems()
    assert (problem.path, problem.line, problem.severity) == (path, 7, "warning")
    assert problem.what == "'Goodbye' is asked for nowhere."


def test_a_missing_catalogue_is_named(interface: Interface) -> None:
    path = interface.path("ar")
    path.unlink()
    [problem] = interface.problems()
    assert (problem.path, problem.what) == (path, "The catalogue is missing.")


def test_english_needs_no_catalogue(interface: Interface) -> None:
    assert not interface.path("en").exists()
    assert interface.problems() == []
