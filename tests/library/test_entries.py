from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.library.entries import Entry, read_entry
from bot.library.problems import Problem

FILE = Path("content/facts.yaml")


def entry(text: str, *, first_line: int = 1) -> tuple[Entry, list[Problem]]:
    problems: list[Problem] = []
    return read_entry(FILE, text, problems, first_line=first_line), problems


def test_every_kind_of_value_is_read() -> None:
    read, problems = entry(
        'name: " Rathaus "\nprice: 2.5\nday: 2026-11-22\nsure: yes\nlist: [a, b]\ninner: {x: 1}\nrows: [{y: 2}]\n'
    )
    assert read.text("name") == "Rathaus"
    assert read.number("price") == 2.5
    assert read.day("day") == date(2026, 11, 22)
    assert read.truth("sure") is True
    assert read.texts("list") == ("a", "b")
    assert read.mapping("inner").number("x") == 1
    assert [row.number("y") for row in read.mappings("rows")] == [2]
    assert problems == []


def test_what_may_be_missing_is_empty_without_a_word() -> None:
    read, problems = entry("")
    assert read.text("name", required=False) == ""
    assert read.day("day", required=False) is None
    assert read.truth("sure") is False
    assert (read.texts("list"), read.mappings("rows"), list(read.mapping("inner"))) == ((), (), [])
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "read"),
    [
        ("x: 112", lambda entry: entry.text("x")),
        ("x: [a]", lambda entry: entry.text("x")),
        ("y: a", lambda entry: entry.text("x")),
        ("x:", lambda entry: entry.text("x")),
        ('x: " "', lambda entry: entry.text("x")),
        ("x: two", lambda entry: entry.number("x")),
        ("x: yes", lambda entry: entry.number("x")),
        ("y: 1", lambda entry: entry.number("x")),
        ("x: maybe", lambda entry: entry.truth("x")),
        ("x: 22.11.2026", lambda entry: entry.day("x")),
        ("x: 2026-11-22 10:00:00", lambda entry: entry.day("x")),
        ("x: a", lambda entry: entry.texts("x")),
        ("x: [a, 1]", lambda entry: entry.texts("x")),
        ("x: a", lambda entry: entry.mapping("x")),
        ("x: {a: 1}", lambda entry: entry.mappings("x")),
        ("x: [a]", lambda entry: entry.mappings("x")),
    ],
)
def test_a_value_of_the_wrong_kind_is_noted_with_a_cure_and_reading_goes_on(
    yaml: str, read: Callable[[Entry], Any]
) -> None:
    one, problems = entry(f"# comment\n{yaml}\n")
    result = read(one)
    assert not result or list(result) == []
    [problem] = problems
    assert (problem.path, problem.line) == (FILE, 2)
    assert "`x`" in problem.what
    assert "x:" in problem.cure


def test_a_mistake_inside_an_inner_mapping_has_its_own_line() -> None:
    read, problems = entry("fact:\n  value: 2\n  unit: 3\n")
    read.mapping("fact").text("unit")
    assert [problem.line for problem in problems] == [3]


def test_lines_count_from_where_the_yaml_begins_in_its_file() -> None:
    read, problems = entry("title: a\nsummary: 5\n", first_line=2)
    read.text("summary")
    assert [problem.line for problem in problems] == [3]


def test_a_name_that_is_not_known_is_noted_with_those_that_are() -> None:
    read, problems = entry("name: a\nwebsit: b\n")
    read.only("name", "website")
    [problem] = problems
    assert (problem.line, problem.what) == (2, "`websit` is not known here.")
    assert "website" in problem.cure


def test_a_name_that_stands_twice_is_noted_at_the_second_place() -> None:
    _read, problems = entry("a: 1\nb: 2\na: 3\n")
    assert [(problem.line, problem.what) for problem in problems] == [(3, "`a` stands here twice.")]


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: 'open\n", 3), ("a: 1\n  b: 2\n", 2), ("a: [1\nb: 2\n", 2), ("\ta: 1\n", 1)]
)
def test_a_file_that_is_no_yaml_is_noted_with_its_line(text: str, line: int) -> None:
    read, problems = entry(text)
    assert list(read) == []
    assert [problem.line for problem in problems] == [line]
    assert "indentation" in problems[0].cure


def test_a_file_that_holds_no_names_is_noted() -> None:
    _read, problems = entry("- a\n- b\n")
    assert len(problems) == 1


@pytest.mark.parametrize("value", ["2026-13-45", "2026-02-30"])
def test_a_day_that_does_not_exist_is_noted(value: str) -> None:
    read, problems = entry(f"a: 1\nuntil: {value}\n")
    assert read.day("until", required=False) is None
    assert [problem.line for problem in problems] == [2]
    assert value in problems[0].what


def test_a_problem_reads_as_one_line_with_place_and_cure() -> None:
    problem = Problem(FILE, 7, "`unit` is missing.", "Add it.")
    assert str(problem) == "content/facts.yaml:7: error: `unit` is missing. Add it."
    assert str(Problem(FILE, 7, "Old.", "", "warning")) == "content/facts.yaml:7: warning: Old."
