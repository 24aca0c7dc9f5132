from pathlib import Path

import pytest

from bot.understanding.examples import BrokenExamples, Example, read_examples


def a_file(folder: Path, text: str, name: str = "de/arriving.yml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hallo
    -   guten Tag
- intent: register-your-address
  examples: |
    - Wo melde ich mich an?
"""


def test_the_folder_names_the_language_and_the_entry_the_intent(tmp_path: Path) -> None:
    a_file(tmp_path, GOOD)
    assert read_examples(tmp_path) == [
        Example("hallo", "greet", "de"),
        Example("guten Tag", "greet", "de"),
        Example("Wo melde ich mich an?", "register-your-address", "de"),
    ]


def test_the_order_is_fixed_whatever_the_disk_says(tmp_path: Path) -> None:
    for name in ("uk/acts.yml", "de/work.yml", "de/acts.yml"):
        a_file(tmp_path, f"nlu:\n- intent: greet\n  examples: |\n    - {name}\n", name)
    assert [example.text for example in read_examples(tmp_path)] == ["de/acts.yml", "de/work.yml", "uk/acts.yml"]


def test_a_hyphen_inside_an_example_stays(tmp_path: Path) -> None:
    a_file(tmp_path, "nlu:\n- intent: greet\n  examples: |\n    - C1-Kurs - wo?\n    -\n\n")
    assert [example.text for example in read_examples(tmp_path)] == ["C1-Kurs - wo?"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("nlu:\n- intent: greet\n  examples: |\n    - hallo\n   kaputt: [\n", ":5:"),
        ("nlu: 'nobody closes this\n", ":2:"),
        ("- hallo\n", ":1:"),
        ("", ":1:"),
        ("nlu: hallo\n", ":1:"),
        ("nlu:\n- intent: greet\n", "entry 1"),
        (GOOD + "- examples: |\n    - tschüss\n", "entry 3"),
        (GOOD + "- intent: goodbye\n  examples: [tschüss]\n", "entry 3"),
    ],
)
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, text: str, place: str) -> None:
    path = a_file(tmp_path, text)
    with pytest.raises(BrokenExamples) as caught:
        read_examples(tmp_path)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)


def test_a_folder_without_examples_is_an_error_that_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(BrokenExamples, match="no examples"):
        read_examples(tmp_path)
