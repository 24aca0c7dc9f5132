from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.checks.nlu import check_nlu
from bot.conversation.utterance import ACTS
from bot.i18n.languages import Languages
from bot.library.library import Library
from bot.library.problems import Problem
from tests.support.content import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
TOPICS = ("kindergeld", "find-a-flat")


class Examples:
    """Enough invented examples of every intent in every language, and a few questions to measure with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for language in LANGUAGES:
            lines = ['version: "3.1"', "nlu:"]
            for intent in sorted({*TOPICS, *ACTS}):
                lines += [f"- intent: {intent}", "  examples: |"]
                lines += [f"    - {language} sagt zu {intent} etwas {number}" for number in range(8)]
            self.write(f"data/{language}/all.yml", "\n".join(lines) + "\n")
        self.write("questions/de.jsonl", '{"text": "Wann kommt das Geld?", "intent": "kindergeld", "lang": "de"}\n')

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def replace(self, name: str, old: str, new: str) -> Path:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        return self.write(name, text.replace(old, new))

    def line_of(self, name: str, text: str) -> int:
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def problems(self) -> list[Problem]:
        return check_nlu(self.folder, LANGUAGES, TOPICS)


@pytest.fixture
def examples(tmp_path: Path) -> Examples:
    return Examples(tmp_path)


def shown(problems: Sequence[Problem]) -> list[tuple[Path, int]]:
    return [(problem.path, problem.line) for problem in problems]


def test_in_examples_that_are_right_nothing_is_found(examples: Examples) -> None:
    assert examples.problems() == []


def test_the_examples_of_the_project_are_right(languages: Languages, library: Library) -> None:
    found = check_nlu(ROOT / "nlu_data", languages, library.topics)
    assert [str(problem) for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("intent: kindergeld", "intent: kindergelt", "`kindergelt` is neither a topic nor an act"),
        ("de sagt zu greet etwas 3", "", "The example is empty"),
        ("de sagt zu greet etwas 3", "la " * 101, "The example has 302 characters"),
        ("de sagt zu greet etwas 3", "De sagt zu DENY etwas 1!", "also stands under `deny`"),
    ],
)
def test_a_wrong_example_is_named_with_file_line_and_cure(
    examples: Examples, right: str, wrong: str, what: str
) -> None:
    line = examples.line_of("data/de/all.yml", right)
    path = examples.replace("data/de/all.yml", right, wrong)
    found = [problem for problem in examples.problems() if what in problem.what]
    assert found
    assert all(problem.path == path and problem.cure for problem in found)
    # A wrong intent is noted at each of its examples: the first stands two lines below its name.
    assert found[0].line == (line + 2 if "intent" in right else line)


def test_the_same_sentence_under_one_intent_twice_is_no_contradiction(examples: Examples) -> None:
    examples.replace("data/de/all.yml", "de sagt zu greet etwas 3", "de sagt zu greet etwas 2")
    assert examples.problems() == []


def test_a_contradiction_names_the_other_place(examples: Examples) -> None:
    examples.write("data/de/more.yml", "nlu:\n- intent: greet\n  examples: |\n    - De sagt zu kindergeld: etwas 0\n")
    [problem] = examples.problems()
    assert (problem.path.name, problem.line) == ("more.yml", 4)
    other = examples.folder / "data/de/all.yml"
    assert f"({other}:{examples.line_of('data/de/all.yml', 'zu kindergeld etwas 0')})" in problem.what


def test_one_word_may_mean_different_things_in_two_languages(examples: Examples) -> None:
    examples.replace("data/en/all.yml", "en sagt zu deny etwas 3", "no")
    examples.replace("data/pl/all.yml", "pl sagt zu affirm etwas 3", "no")
    assert examples.problems() == []


@pytest.mark.parametrize(("language", "least"), [("de", 8), ("pl", 6)])
def test_an_intent_with_too_few_examples_in_a_language_is_named(examples: Examples, language: str, least: int) -> None:
    name = f"data/{language}/all.yml"
    for number in range(least - 1, 8):
        examples.replace(name, f"    - {language} sagt zu thank etwas {number}\n", "")
    [problem] = examples.problems()
    assert problem.path == examples.folder / "data" / language
    assert problem.what == f"`thank` has {least - 1} examples in {language}, at least {least} are needed."


def test_a_language_without_examples_misses_every_intent(examples: Examples) -> None:
    (examples.folder / "data/ar/all.yml").unlink()
    assert len(examples.problems()) == len({*TOPICS, *ACTS})


def test_a_folder_of_a_language_that_nobody_knows_is_named(examples: Examples) -> None:
    path = examples.write("data/xx/all.yml", "nlu:\n- intent: greet\n  examples: |\n    - xx\n")
    [problem] = examples.problems()
    assert (problem.path, problem.what) == (path, "`xx` is no language that Lotse knows.")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("nlu:\n- intent: [greet\n  examples: |\n", 3, "not readable"),
        ("intents: []\n", 1, "no list under `nlu:`"),
        ("", 1, "no list under `nlu:`"),
        ("nlu:\n- intent: greet\n", 2, "An entry needs `intent` and `examples: |`"),
        ("nlu:\n- examples: |\n    - hi\n", 2, "An entry needs `intent` and `examples: |`"),
        ("nlu:\n- intent: greet\n  examples: [hi]\n", 2, "An entry needs `intent` and `examples: |`"),
    ],
)
def test_a_file_of_the_wrong_form_is_named_with_the_line(examples: Examples, text: str, line: int, what: str) -> None:
    path = examples.write("data/de/more.yml", text)
    [problem] = examples.problems()
    assert (problem.path, problem.line) == (path, line)
    assert what in problem.what


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ('{"text": "Wann?", "intent": "kindergelt", "lang": "de"}', "neither a topic nor an act"),
        ('{"text": "Wann?", "lang": "de"}', "This is no question"),
        ("Wann?", "This is no question"),
        ('["Wann?"]', "This is no question"),
        ('{"text": "DE sagt zu thank: etwas 5", "intent": "thank", "lang": "de"}', "is also an example"),
    ],
)
def test_a_wrong_question_is_named_with_file_and_line(examples: Examples, question: str, what: str) -> None:
    good = (examples.folder / "questions/de.jsonl").read_text(encoding="utf-8")
    path = examples.write("questions/de.jsonl", f"{good}{question}\n")
    found = examples.problems()
    assert shown(found) == [(path, 2)]
    assert what in found[0].what
    assert found[0].cure


def test_a_question_of_a_word_or_two_may_be_an_example_as_well(examples: Examples) -> None:
    examples.replace("data/de/all.yml", "de sagt zu thank etwas 5", "Vielen Dank")
    examples.write("questions/de.jsonl", '{"text": "vielen Dank!", "intent": "thank", "lang": "de"}\n')
    assert examples.problems() == []
