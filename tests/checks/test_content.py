from datetime import date
from pathlib import Path

import pytest

from bot.checks.content import check_content
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.problems import Problem
from tests.support.content import LANGUAGES, TODAY, SmallContent

CONTENT = Path(__file__).parent.parent.parent / "content"
ADDRESS = "topics/arriving/register-your-address"
BUS = "topics/everyday-life/bus-and-train"


def problems(content: SmallContent, catalogues: Catalogues, today: date = TODAY) -> list[Problem]:
    return check_content(content.folder, LANGUAGES, catalogues, today)


def test_in_content_that_is_right_nothing_is_found(content: SmallContent, catalogues: Catalogues) -> None:
    assert problems(content, catalogues) == []


def test_the_content_of_the_project_is_right(languages: Languages, catalogues: Catalogues) -> None:
    errors = [str(one) for one in check_content(CONTENT, languages, catalogues, TODAY) if one.severity == "error"]
    assert errors == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "line", "what"),
    [
        # What the loader does not accept …
        ("facts.yaml", "value: 2,", "value: two,", 1, "`value` must be a number"),
        ("sources.yaml", "grade: A", "grade: C", 4, "Grade C is not shown"),
        ("groups.yaml", ", ar: الوصول", "", 3, "`ar` is missing"),
        ("offices/town-hall.yaml", "https:", "http:", 2, "does not begin with https://"),
        (f"{ADDRESS}/topic.yaml", "scope: local", "scope: lokal", 1, "scope `lokal`"),
        (f"{ADDRESS}/de.md", "{office:town-hall}", "{office:town-hal}", 6, "office `town-hal`"),
        # … and what a reader would miss.
        (f"{ADDRESS}/topic.yaml", "[bus-and-train]", "[buses]", 7, "related topic `buses`"),
        (f"{BUS}/de.md", "Es ist ein Abo.", "Rufen Sie 05171 49-490 an.", 6, "phone number 05171 49-490"),
        (f"{BUS}/de.md", "- Es gilt nicht im ICE.", "- Im Notfall 112.", 9, "phone number 112"),
        (f"{BUS}/de.md", "- Es gilt nicht im ICE.", "- Hilfe: 116 117.", 9, "phone number 116 117"),
        (f"{BUS}/de.md", "- Es gilt nicht im ICE.", "- Tel. +49 5171 4010", 9, "phone number +49 5171 4010"),
        (f"{BUS}/de.md", '"Bus und Bahn"', '"' + "Bus und Bahn " * 7 + '"', 2, "The title has 90 characters"),
        (f"{BUS}/de.md", '"Kaufen Sie', '"' + "Bitte " * 40 + "kaufen Sie", 3, "The summary has"),
        (f"{BUS}/de.md", "Kaufen Sie die", "Kaufen Sie. " * 300 + "Kaufen Sie die", 6, "The text has"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_cure(
    content: SmallContent, catalogues: Catalogues, name: str, right: str, wrong: str, line: int, what: str
) -> None:
    path = content.replace(name, right, wrong)
    found = [one for one in problems(content, catalogues) if one.path == path and what in one.what]
    assert [(one.line, one.severity) for one in found] == [(line, "error")]
    assert found[0].cure


@pytest.mark.parametrize(
    "harmless",
    [
        "Es kostet 63 Euro im Jahr 2026.",
        "Seit dem 01.01.2026 gilt das.",
        "Der Kurs hat 600 + 100 Stunden.",
        "Nach § 24 AufenthG, 31224 Peine.",
        "Siehe [hier](https://stadt.example/0551/19240).",
        "Rufen Sie {fact:fire} an.",
        "Um 14:30 Uhr, 2.500 Menschen, 10-12 Tage.",
    ],
)
def test_a_number_that_is_no_phone_number_may_stand_in_a_text(
    content: SmallContent, catalogues: Catalogues, harmless: str
) -> None:
    content.replace(f"{BUS}/de.md", "Es ist ein Abo.", harmless)
    assert problems(content, catalogues) == []


def test_a_missing_translation_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    path = content.remove(f"{BUS}/ar.md")
    [problem] = problems(content, catalogues)
    assert (problem.path, problem.line, problem.severity) == (path, 1, "error")
    assert "العربية" in problem.what
    assert "ar.md" in problem.cure


def test_a_translation_of_a_text_that_has_changed_is_outdated(content: SmallContent, catalogues: Catalogues) -> None:
    content.replace(f"{BUS}/en.md", "It is a subscription.", "You can cancel it every month.")
    [problem] = problems(content, catalogues)
    assert (problem.path.name, problem.line) == ("ar.md", 5)
    assert "en.md has changed" in problem.what
    # The cure holds the hash to write when the translation is up to date again: it works as it stands there.
    hash_ = problem.cure.rpartition("hash: ")[2].strip('"')
    text = problem.path.read_text(encoding="utf-8")
    content.write(f"{BUS}/ar.md", text.replace(text.partition('hash: "')[2][:12], hash_))
    assert problems(content, catalogues) == []


def test_a_translation_of_a_text_that_does_not_exist_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    path = content.replace(f"{BUS}/ar.md", "language: en", "language: fr")
    [problem] = problems(content, catalogues)
    assert (problem.path, problem.line) == (path, 5)
    assert "fr.md" in problem.what


def test_a_topic_that_has_expired_is_an_error(content: SmallContent, catalogues: Catalogues) -> None:
    found = problems(content, catalogues, date(2027, 7, 1))
    [expired] = [one for one in found if one.severity == "error"]
    assert (expired.path.parent.name, expired.path.name, expired.line) == ("bus-and-train", "topic.yaml", 4)
    assert "2027-06-30" in expired.what


def test_a_fact_that_has_expired_is_a_warning(content: SmallContent, catalogues: Catalogues) -> None:
    [problem] = problems(content, catalogues, date(2027, 1, 1))
    assert (problem.path.name, problem.line, problem.severity) == ("facts.yaml", 2, "warning")
    assert "`ticket-price` expired on 2026-12-31" in problem.what


def test_a_source_that_nobody_has_read_for_half_a_year_is_a_warning(
    content: SmallContent, catalogues: Catalogues
) -> None:
    content.replace("sources.yaml", "seen: 2026-10-01", "seen: 2026-05-25")
    [problem] = problems(content, catalogues)
    assert (problem.path.name, problem.line, problem.severity) == ("sources.yaml", 10, "warning")
    assert "`B-01`" in problem.what


def test_problems_come_in_the_order_of_files_and_lines(content: SmallContent, catalogues: Catalogues) -> None:
    content.replace("sources.yaml", "grade: A", "grade: C")
    content.replace("facts.yaml", "value: 63", "value: viel")
    found = problems(content, catalogues)
    assert len(found) > 2
    assert [(one.path, one.line) for one in found] == sorted((one.path, one.line) for one in found)
