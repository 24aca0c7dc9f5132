from datetime import date

import pytest

from bot.i18n.catalogues import Catalogues
from bot.library.library import Library
from bot.library.pages import fingerprint
from bot.library.text import Listing, Paragraph, Run
from tests.support.content import SmallContent

NEW_YEAR = date(2027, 1, 1)
BUS = "topics/everyday-life/bus-and-train"
ADDRESS = "topics/arriving/register-your-address"


@pytest.fixture
def library(content: SmallContent, catalogues: Catalogues) -> Library:
    library, problems = content.read(catalogues)
    assert problems == []
    return library


def test_a_page_is_ready_to_be_shown(library: Library) -> None:
    page = library.pages["register-your-address", "en"]
    assert (page.title, page.summary) == ("Register your address", "Register within 2 weeks.")
    assert page.blocks == (
        Paragraph(
            (
                Run("Go to the "),
                Run("Rathaus Musterstadt", link="https://stadt.example"),
                Run(". You have "),
                Run("2 weeks", bold=True),
                Run("."),
            )
        ),
        Paragraph((Run("Bring with you:"),)),
        Listing(((Run("your passport"),), (Run("the landlord's confirmation"),))),
        Paragraph((Run("How to get there: "), Run("Bus and train", topic="bus-and-train"), Run("."))),
    )
    assert page.topics == ("bus-and-train",)
    assert page.translation == "original"


def test_a_page_in_another_language_has_its_own_numbers_and_says_that_a_machine_made_it(library: Library) -> None:
    page = library.pages["register-your-address", "ar"]
    assert page.summary == "سجّل عنوانك خلال أسبوعان."
    assert page.translation == "machine"


def test_a_topic_knows_where_its_answer_comes_from_and_who_helps(library: Library) -> None:
    topic = library.topics["register-your-address"]
    assert (topic.group, topic.service, topic.top) == ("arriving", "migration-advice", True)
    assert [source.publisher for source in topic.sources] == ["Stadt Musterstadt"]
    assert [office.id for office in topic.offices] == ["town-hall"]
    assert topic.checked == date(2026, 11, 1)
    assert topic.related == ("bus-and-train",)


def test_a_fact_that_has_expired_takes_its_sentences_away_and_the_rest_reads_well(
    content: SmallContent, catalogues: Catalogues
) -> None:
    library, problems = content.read(catalogues, NEW_YEAR)
    assert problems == []
    assert library.pages["bus-and-train", "de"].text == (
        "Kaufen Sie die Fahrkarte vor der Fahrt. Es ist ein Abo.\nEs gilt nicht im ICE."
    )
    assert library.pages["bus-and-train", "ar"].text == "اشترِ التذكرة قبل الرحلة. هل هي اشتراك؟ نعم."


def test_a_paragraph_or_a_list_of_nothing_but_expired_facts_vanishes(
    content: SmallContent, catalogues: Catalogues
) -> None:
    content.replace(f"{BUS}/de.md", "- Es gilt nicht im ICE.\n", "\nPreis: {fact:ticket-price}\n\nEnde.\n")
    library, _problems = content.read(catalogues, NEW_YEAR)
    assert library.pages["bus-and-train", "de"].blocks[1:] == (Paragraph((Run("Ende."),)),)


def test_a_topic_without_a_title_in_the_language_is_named_by_its_english_one(
    content: SmallContent, catalogues: Catalogues
) -> None:
    content.remove(f"{BUS}/de.md")
    content.replace(f"{ADDRESS}/de.md", "- Ihren Pass", "- {topic:bus-and-train}")
    library, problems = content.read(catalogues)
    assert problems == []
    assert "Bus and train" in library.pages["register-your-address", "de"].text


def test_a_link_to_a_topic_that_nobody_has_written_hides_its_sentence(
    content: SmallContent, catalogues: Catalogues
) -> None:
    content.replace(f"{ADDRESS}/en.md", "{topic:bus-and-train}", "{topic:flying-carpets}")
    library, _problems = content.read(catalogues)
    assert "How to get there" not in library.pages["register-your-address", "en"].text


@pytest.mark.parametrize(
    ("name", "right", "wrong", "line", "what"),
    [
        ("de.md", "{fact:registration-weeks}**", "{fact:weeks}**", 6, "The fact `weeks` does not exist"),
        ("de.md", "in {fact:registration-weeks} an", "in {fact:weeks} an", 2, "The fact `weeks` does not exist"),
        ("de.md", "{office:town-hall}", "{office:castle}", 6, "The office `castle` does not exist"),
        ("de.md", "Ihren Pass", "Ihren {passport}", 10, "{passport} is not known"),
        ("de.md", "Ihren Pass", "[Pass](http://pass.example)", 10, "does not begin with https://"),
        ("de.md", "- Ihren Pass", "- Pass\n  - oder Ausweis", 11, "list inside a list"),
        ("de.md", "translation: original", "translation: perfect", 4, "`perfect` is not known"),
        ("de.md", 'title: "Wohnsitz anmelden"\n', "", 2, "`title` is missing"),
        ("de.md", '"Wohnsitz anmelden"', '""', 2, "`title` is empty"),
        ("de.md", "summary:", "sumary:", 3, "`sumary` is not known"),
        ("de.md", "---\ntitle", "title", 1, "does not begin with a block"),
        ("de.md", "original\n---\n", "original\n", 1, "does not begin with a block"),
        ("ar.md", "translated_from:", "# translated_from:", 2, "`translated_from` is missing"),
        ("ar.md", "language: en", "langauge: en", 5, "`langauge` is not known"),
    ],
)
def test_a_page_that_is_not_right_is_left_out_and_named(
    content: SmallContent, catalogues: Catalogues, name: str, right: str, wrong: str, line: int, what: str
) -> None:
    path = content.replace(f"{ADDRESS}/{name}", right, wrong)
    library, problems = content.read(catalogues)
    assert ("register-your-address", name.removesuffix(".md")) not in library.pages
    assert {problem.path for problem in problems} == {path}
    assert any(problem.line == line and what in problem.what for problem in problems), problems
    assert all(problem.cure for problem in problems)


def test_a_page_without_a_word_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    path = content.write(f"{BUS}/de.md", "---\ntitle: Bus\nsummary: Bus.\ntranslation: original\n---\n\n \n")
    _library, problems = content.read(catalogues)
    assert [(problem.path, problem.what) for problem in problems] == [(path, "The text is empty.")]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ("scope: local", "scope: galactic", 1, "scope `galactic`"),
        ("scope: local\n", "", 1, "`scope` is missing"),
        ("sources: [R-01]", "sources: [X-99]", 3, "`X-99` does not exist"),
        ("sources: [R-01]", "sources: []", 3, "names no source"),
        ("sources: [R-01]", "sources: R-01", 3, "must be a list"),
        ("checked: 2026-11-01", "checked: lately", 4, "must be a date"),
        ("expires: 2027-11-01\n", "", 1, "`expires` is missing"),
        ("expires: 2027-11-01", "expires: 2026-10-31", 5, "expires before it was checked"),
        ("offices: [town-hall]", "offices: [castle]", 6, "The office `castle` does not exist"),
        ("related:", "relatet:", 7, "`relatet` is not known"),
        ("top: yes", "top: maybe", 2, "must be yes or no"),
    ],
)
def test_a_topic_that_is_not_right_is_left_out_and_named(
    content: SmallContent, catalogues: Catalogues, right: str, wrong: str, line: int, what: str
) -> None:
    path = content.replace(f"{ADDRESS}/topic.yaml", right, wrong)
    library, problems = content.read(catalogues)
    assert "register-your-address" not in library.topics
    assert any(problem.path == path and problem.line == line and what in problem.what for problem in problems), problems


def test_a_fingerprint_changes_with_every_word_but_not_with_blanks_at_the_ends() -> None:
    before = fingerprint("Bus", "Kaufen.", "Text.")
    assert fingerprint("Bus", "Kaufen.", "\nText.\n\n") == before
    assert len({before, fingerprint("Bahn", "Kaufen.", "Text."), fingerprint("Bus", "Kaufen!", "Text.")}) == 3
    assert fingerprint("Bus", "Kaufen.", "Text!") != before
