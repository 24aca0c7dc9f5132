from datetime import date
from pathlib import Path

import pytest

from bot.i18n.catalogues import Catalogues
from bot.library.shelf import Shelf
from tests.support.content import LANGUAGES, TODAY, SmallContent

BUS = "topics/everyday-life/bus-and-train"


class Calendar:
    """Today, which a test may turn over."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def shelf(content: SmallContent, catalogues: Catalogues, calendar: Calendar) -> Shelf:
    return Shelf(content.folder, LANGUAGES, catalogues, calendar)


def text(shelf: Shelf, topic: str = "bus-and-train", locale: str = "de") -> str:
    page = shelf.library.page(topic, locale)
    assert page
    return page.text


def test_what_has_not_changed_is_not_read_again(shelf: Shelf) -> None:
    before = shelf.library
    assert not shelf.refresh()
    assert shelf.library is before


def test_an_edit_is_in_use_at_the_next_look(shelf: Shelf, content: SmallContent) -> None:
    content.replace(f"{BUS}/de.md", "Es ist ein Abo.", "Es ist ein Abonnement.")
    assert shelf.refresh()
    assert "Abonnement" in text(shelf)
    assert not shelf.refresh()


def test_an_edit_of_the_same_length_is_seen_too(shelf: Shelf, content: SmallContent) -> None:
    content.replace("facts.yaml", "value: 63", "value: 58")
    assert shelf.refresh()
    assert "58\u00a0€" in text(shelf)


def test_a_broken_edit_keeps_the_last_good_version_and_says_what_is_wrong(shelf: Shelf, content: SmallContent) -> None:
    path = content.replace(f"{BUS}/de.md", "{fact:ticket-price} im Monat", "{fact:ticket-prise} im Monat")
    assert not shelf.refresh()
    assert "63\u00a0€" in text(shelf)
    [problem] = shelf.problems
    assert (problem.path, problem.line) == (path, 6)
    assert "ticket-prise" in problem.what
    assert problem.cure


def test_a_mended_edit_is_in_use_and_nothing_is_wrong_any_more(shelf: Shelf, content: SmallContent) -> None:
    content.replace("facts.yaml", "value: 63", "value: viel")
    assert not shelf.refresh()
    assert shelf.problems
    content.replace("facts.yaml", "value: viel", "value: 65")
    assert shelf.refresh()
    assert shelf.problems == ()
    assert "65\u00a0€" in text(shelf)


def test_a_broken_file_is_not_read_again_until_it_changes(
    shelf: Shelf, content: SmallContent, caplog: pytest.LogCaptureFixture
) -> None:
    content.replace("facts.yaml", "value: 63", "value: viel")
    shelf.refresh()
    caplog.clear()
    assert not shelf.refresh()
    assert caplog.records == []


def test_a_new_day_hides_what_has_expired(shelf: Shelf, calendar: Calendar) -> None:
    calendar.today = date(2026, 12, 31)
    assert shelf.refresh()
    assert "63\u00a0€" in text(shelf)
    calendar.today = date(2027, 1, 1)
    assert shelf.refresh()
    assert "€" not in text(shelf)
    assert shelf.library.today == date(2027, 1, 1)


def test_a_deleted_page_gives_way_to_the_english_one(shelf: Shelf, content: SmallContent) -> None:
    content.remove(f"{BUS}/de.md")
    assert shelf.refresh()
    assert text(shelf).startswith("Buy the ticket")


def test_a_new_topic_is_found_without_a_restart(shelf: Shelf, content: SmallContent) -> None:
    for file in (content.folder / BUS).iterdir():
        content.write(f"topics/everyday-life/taxi/{file.name}", file.read_text(encoding="utf-8"))
    assert shelf.refresh()
    assert "taxi" in shelf.library.guide.topics


def test_a_deleted_foundation_keeps_the_last_good_version(shelf: Shelf, content: SmallContent) -> None:
    facts = (content.folder / "facts.yaml").read_text(encoding="utf-8")
    content.remove("facts.yaml")
    assert not shelf.refresh()
    assert "63\u00a0€" in text(shelf)
    [problem] = shelf.problems
    assert "facts.yaml" in problem.what
    content.write("facts.yaml", facts)
    assert shelf.refresh()
    assert shelf.problems == ()


def test_at_the_very_first_reading_what_is_right_is_taken(content: SmallContent, catalogues: Catalogues) -> None:
    content.replace(f"{BUS}/topic.yaml", "scope: nationwide", "scope: galactic")
    shelf = Shelf(content.folder, LANGUAGES, catalogues, lambda: TODAY)
    assert list(shelf.library.topics) == ["register-your-address"]
    assert len(shelf.problems) == 1


def test_without_any_content_there_is_no_shelf(tmp_path: Path, catalogues: Catalogues) -> None:
    with pytest.raises(FileNotFoundError):
        Shelf(tmp_path, LANGUAGES, catalogues, lambda: TODAY)


def test_what_an_editor_did_wrong_is_in_the_log(
    shelf: Shelf, content: SmallContent, caplog: pytest.LogCaptureFixture
) -> None:
    path = content.replace("facts.yaml", "value: 63", "value: viel")
    shelf.refresh()
    assert f"{path}:2" in caplog.text
