from datetime import date
from pathlib import Path

import pytest

from bot.library.problems import Problem
from bot.library.sources import Source, read_sources

GOOD = """\
R-01:
  says: "Register within two weeks"
  grade: A
  publisher: "Stadt Peine"
  url: "https://service.stadt-peine.de/x"
  dated: "2026"
  seen: 2026-11-01
"""


def sources(tmp_path: Path, text: str) -> tuple[dict[str, Source], list[Problem]]:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_sources(path, problems), problems


def test_a_source_says_who_published_it_where_and_when_it_was_read(tmp_path: Path) -> None:
    found, problems = sources(tmp_path, GOOD)
    assert problems == []
    source = Source("R-01", "Stadt Peine", "https://service.stadt-peine.de/x", "A", date(2026, 11, 1), line=2)
    assert found == {"R-01": source}


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("grade: A", "grade: C", "Grade C is not shown"),
        ("grade: A", "grade: G", "Grade G is not shown"),
        ("  grade: A\n", "", "`grade` is missing"),
        ("https:", "http:", "does not begin with https://"),
        ('url: "https://service.stadt-peine.de/x"', "url:", "`url` is missing"),
        ("  seen: 2026-11-01\n", "", "`seen` is missing"),
        ("2026-11-01", "November", "must be a date"),
        ('publisher: "Stadt Peine"', 'publisher: ""', "`publisher` is empty"),
        ("dated:", "date:", "`date` is not known"),
    ],
)
def test_a_source_that_is_not_right_is_left_out_and_named(tmp_path: Path, right: str, wrong: str, what: str) -> None:
    assert right in GOOD
    found, problems = sources(tmp_path, GOOD.replace(right, wrong))
    assert found == {}
    assert any(what in problem.what and problem.cure for problem in problems)
