from pathlib import Path

import pytest

from bot.library.groups import Group, read_groups
from bot.library.problems import Problem

GOOD = (
    "arriving:\n  sign: 🧭\n  title: {de: Ankommen, en: Arriving}\nwork:\n  sign: 💼\n  title: {de: Arbeit, en: Work}\n"
)


def groups(tmp_path: Path, text: str) -> tuple[dict[str, Group], list[Problem]]:
    path = tmp_path / "groups.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_groups(path, ("de", "en"), problems), problems


def test_groups_keep_their_order(tmp_path: Path) -> None:
    found, problems = groups(tmp_path, GOOD)
    assert problems == []
    assert list(found) == ["arriving", "work"]
    assert found["work"] == Group("work", "💼", {"de": "Arbeit", "en": "Work"})


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        (", en: Work", "", "`en` is missing"),
        ("  sign: 💼\n", "", "`sign` is missing"),
        ("  title: {de: Arbeit, en: Work}\n", "", "`title` is missing"),
        ("sign: 💼", "sgin: 💼", "`sgin` is not known"),
    ],
)
def test_a_group_that_is_not_right_is_left_out_and_named(tmp_path: Path, right: str, wrong: str, what: str) -> None:
    found, problems = groups(tmp_path, GOOD.replace(right, wrong))
    assert list(found) == ["arriving"]
    assert any(what in problem.what and problem.line >= 4 for problem in problems)
