from datetime import date
from pathlib import Path

import pytest

from bot.i18n.catalogues import Catalogues
from bot.library.facts import Fact, read_facts
from bot.library.problems import Problem
from bot.library.text import Run

SOURCES = {"R-01": object()}


def facts(tmp_path: Path, text: str) -> tuple[dict[str, Fact], list[Problem]]:
    path = tmp_path / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_facts(path, SOURCES, problems), problems


def test_numbers_days_and_phones_are_facts(tmp_path: Path) -> None:
    found, problems = facts(
        tmp_path,
        "# our facts\n"
        "rent: {value: 21250, unit: EUR, source: R-01, until: 2026-12-31}\n"
        "since: {date: 2026-01-01, source: R-01}\n"
        'poison: {phone: "0551 19240", tel: "+4955119240", source: R-01}\n'
        "age: {value: 27, source: R-01}\n",
    )
    assert problems == []
    assert found == {
        "rent": Fact("rent", "R-01", 2, value=21250, unit="EUR", until=date(2026, 12, 31)),
        "since": Fact("since", "R-01", 3, day=date(2026, 1, 1)),
        "poison": Fact("poison", "R-01", 4, phone="0551 19240", tel="+4955119240"),
        "age": Fact("age", "R-01", 5, value=27),
    }


def test_a_fact_holds_to_the_end_of_its_last_day() -> None:
    fact = Fact("rent", "R-01", 1, value=1, until=date(2026, 12, 31))
    assert not fact.expired(date(2026, 12, 31))
    assert fact.expired(date(2027, 1, 1))
    assert not Fact("age", "R-01", 1, value=27).expired(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("locale", "amount", "weeks", "day"),
    [
        ("de", "21.250\u00a0€", "2 Wochen", "1. Februar 2026"),
        ("en", "€21,250", "2 weeks", "1 February 2026"),
        ("tr", "21.250\u00a0€", "2 hafta", "1 Şubat 2026"),
        ("ar", "21,250\u00a0€", "أسبوعان", "1 فبراير 2026"),
    ],
)
def test_a_fact_is_written_as_its_reader_writes(
    catalogues: Catalogues, locale: str, amount: str, weeks: str, day: str
) -> None:
    phrases = catalogues[locale]
    assert Fact("a", "R-01", 1, value=21250, unit="EUR").run(phrases) == Run(amount)
    assert Fact("b", "R-01", 1, value=2, unit="week").run(phrases) == Run(weeks)
    assert Fact("c", "R-01", 1, day=date(2026, 2, 1)).run(phrases) == Run(day)


def test_only_the_bare_number_can_be_asked_for(catalogues: Catalogues) -> None:
    assert Fact("a", "R-01", 1, value=13.9, unit="EUR").run(catalogues["de"], bare=True) == Run("13,90")
    assert Fact("b", "R-01", 1, value=2, unit="week").run(catalogues["uk"], bare=True) == Run("2")


@pytest.mark.parametrize("locale", ["de", "ar", "fa"])
def test_a_phone_number_is_shown_sign_for_sign_and_can_be_dialled(catalogues: Catalogues, locale: str) -> None:
    fact = Fact("poison", "H-05", 1, phone="0551 19240", tel="+4955119240")
    assert fact.run(catalogues[locale]) == Run("0551 19240", bold=True, link="tel:+4955119240")


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        ("{source: R-01}", "exactly one of value, date and phone"),
        ("{value: 1, date: 2026-01-01, source: R-01}", "exactly one of value, date and phone"),
        ("{value: 1}", "`source` is missing"),
        ("{value: 1, source: X-99}", "`X-99` does not exist"),
        ("{value: one, source: R-01}", "must be a number"),
        ("{value: 1, unit: euro, source: R-01}", "unit `euro`"),
        ('{phone: "112", source: R-01}', "`tel` is missing"),
        ('{phone: "0551 19240", tel: "0551 19240", source: R-01}', "cannot be dialled"),
        ("{phone: 112, tel: 112, source: R-01}", "must be a text"),
        ("{value: 1, source: R-01, until: soon}", "must be a date"),
        ("{value: 1, source: R-01, vald: 2026-01-01}", "`vald` is not known"),
        ("1", "names with values"),
    ],
)
def test_a_fact_that_is_not_right_is_left_out_and_named(tmp_path: Path, fact: str, what: str) -> None:
    found, problems = facts(tmp_path, f"good: {{value: 1, source: R-01}}\nbad: {fact}\n")
    assert list(found) == ["good"]
    assert {problem.line for problem in problems} == {2}
    assert any(what in problem.what for problem in problems)
    assert all(problem.cure for problem in problems)
