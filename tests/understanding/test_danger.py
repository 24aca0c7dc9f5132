from pathlib import Path

import pytest

from bot.i18n.languages import Languages
from bot.understanding.danger import DangerWords, read_danger_words

FOLDER = Path(__file__).parent.parent.parent / "nlu_data" / "danger"

WORDS = DangerWords({"es brennt": "de", "он меня бьёт": "ru", "النار": "ar", "yangın var": "tr"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Es brennt!", "de"),
        ("HILFE es   brennt bei uns", "de"),
        ("эээ он меня бьет", "ru"),
        ("النَّار!", "ar"),
        ("YANGIN VAR", "tr"),
        ("yangin var cabuk", "tr"),
    ],
)
def test_danger_is_heard_however_it_is_typed(text: str, language: str) -> None:
    assert WORDS.heard(text) == language


@pytest.mark.parametrize("text", ["", "brennt", "es brennte", "wes brennt", "es hat gebrannt", "Brennt es noch"])
def test_only_whole_words_in_their_order_are_danger(text: str) -> None:
    assert WORDS.heard(text) is None


@pytest.mark.parametrize("text", ["Was mache ich wenn es brennt?", "es brennt؟"])
def test_a_question_is_left_to_the_understanding(text: str) -> None:
    assert WORDS.heard(text) is None


def test_of_two_phrases_that_begin_alike_each_is_heard() -> None:
    words = DangerWords({"er schlägt mich": "de", "er schlägt": "de", "er blutet": "de"})
    assert words.heard("er blutet stark") == "de"
    assert words.heard("er schlägt mich jetzt") == "de"


def test_a_very_long_message_is_read_in_no_time_and_to_a_limit() -> None:
    assert WORDS.heard("na " * 5000 + "es brennt") == "de"
    assert WORDS.heard("na " * 1_000_000 + "es brennt") is None


def test_a_phrase_of_signs_alone_is_never_heard() -> None:
    assert DangerWords({"!!!": "de"}).heard("!!!") is None


def test_comments_and_blank_lines_of_a_file_are_no_phrases(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text("# Feuer\n\nes brennt  # auch im Keller\n", encoding="utf-8")
    words = read_danger_words(tmp_path)
    assert words.heard("es brennt") == "de"
    assert words.heard("feuer") is None
    assert words.heard("auch im keller") is None


def test_every_language_that_lotse_knows_has_danger_words(languages: Languages) -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(languages)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_every_phrase_of_a_file_is_heard_as_it_stands_there(path: Path) -> None:
    words = read_danger_words(FOLDER)
    phrases = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert any(phrases)
    assert [phrase for phrase in phrases if phrase and words.heard(f"... {phrase}!") is None] == []
