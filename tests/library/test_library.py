from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.library import Library, read_library
from bot.library.text import Listing, Paragraph, plain
from tests.support.content import LANGUAGES, TODAY, SmallContent

CONTENT = Path(__file__).parent.parent.parent / "content"
BUS = "topics/everyday-life/bus-and-train"


def test_a_page_is_read_in_the_language_of_its_reader(content: SmallContent, catalogues: Catalogues) -> None:
    library, _problems = content.read(catalogues)
    page = library.page("bus-and-train", "ar")
    assert page
    assert page.locale == "ar"


def test_a_page_that_is_missing_is_read_in_english_else_in_german(
    content: SmallContent, catalogues: Catalogues
) -> None:
    content.remove(f"{BUS}/ar.md")
    library, _problems = content.read(catalogues)
    page = library.page("bus-and-train", "ar")
    assert page
    assert page.locale == "en"
    content.remove(f"{BUS}/en.md")
    library, _problems = content.read(catalogues)
    page = library.page("bus-and-train", "ar")
    assert page
    assert page.locale == "de"


def test_a_topic_without_english_and_german_is_not_offered(content: SmallContent, catalogues: Catalogues) -> None:
    content.remove(f"{BUS}/en.md")
    content.remove(f"{BUS}/de.md")
    library, _problems = content.read(catalogues)
    assert library.page("bus-and-train", "ar") is None
    assert "bus-and-train" not in library.topics
    assert library.guide.related("register-your-address") == ()


def test_there_is_no_page_of_a_topic_that_does_not_exist(content: SmallContent, catalogues: Catalogues) -> None:
    library, _problems = content.read(catalogues)
    assert library.page("flying-carpets", "de") is None


def test_a_topic_holds_to_the_end_of_its_last_day(content: SmallContent, catalogues: Catalogues) -> None:
    library, _problems = content.read(catalogues)
    topic = library.topics["bus-and-train"]
    assert not topic.expired(date(2027, 6, 30))
    assert topic.expired(date(2027, 7, 1))


def test_the_emergency_card_is_there_in_every_language_and_never_expires(
    content: SmallContent, catalogues: Catalogues
) -> None:
    library, _problems = content.read(catalogues, TODAY + timedelta(days=10_000))
    assert set(library.cards) == set(LANGUAGES.interface)
    assert plain(library.card("ar").blocks) == "112: الإطفاء والإسعاف"
    assert not library.card("ar").topic.expired(library.today)


def test_a_missing_emergency_card_is_named_and_english_takes_its_place(
    content: SmallContent, catalogues: Catalogues
) -> None:
    path = content.remove("emergency/ar.md")
    library, problems = content.read(catalogues)
    assert [(problem.path, problem.severity) for problem in problems] == [(path, "error")]
    assert library.card("ar").locale == "en"


def test_the_guide_lists_what_is_asked_most_first_in_each_group(content: SmallContent, catalogues: Catalogues) -> None:
    for name, top in (("a-rare-question", "no"), ("z-often-asked", "yes")):
        folder = content.folder / "topics" / "everyday-life" / name
        for file in (content.folder / BUS).iterdir():
            content.write(str((folder / file.name).relative_to(content.folder)), file.read_text(encoding="utf-8"))
        content.replace(f"topics/everyday-life/{name}/topic.yaml", "scope:", f"top: {top}\nscope:")
    library, problems = content.read(catalogues)
    assert problems == []
    assert library.guide.groups == ("arriving", "everyday-life")
    assert library.guide.in_group("everyday-life") == ("z-often-asked", "a-rare-question", "bus-and-train")


def test_a_topic_in_a_folder_that_is_no_group_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    path = content.write("topics/everday-life/taxi/topic.yaml", "scope: local\n")
    library, problems = content.read(catalogues)
    assert "taxi" not in library.topics
    assert [(problem.path, problem.what) for problem in problems] == [(path, "`everday-life` is no group.")]


def test_a_topic_in_two_groups_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    path = content.write("topics/everyday-life/register-your-address/topic.yaml", "scope: local\n")
    _library, problems = content.read(catalogues)
    assert [problem.path for problem in problems] == [path]
    assert "also stands in" in problems[0].what


def test_a_text_in_a_language_that_nobody_knows_is_named(content: SmallContent, catalogues: Catalogues) -> None:
    text = (content.folder / BUS / "en.md").read_text(encoding="utf-8")
    path = content.write(f"{BUS}/xx.md", text)
    _library, problems = content.read(catalogues)
    assert [(problem.path, problem.what) for problem in problems] == [(path, "`xx` is no language that Lotse knows.")]


def test_a_text_in_a_language_without_interface_may_wait_for_it(content: SmallContent, catalogues: Catalogues) -> None:
    content.write(f"{BUS}/pl.md", (content.folder / BUS / "en.md").read_text(encoding="utf-8"))
    library, problems = content.read(catalogues)
    assert problems == []
    assert ("bus-and-train", "pl") in library.drafts
    assert ("bus-and-train", "pl") not in library.pages


def test_one_broken_file_leaves_a_library_of_the_rest(content: SmallContent, catalogues: Catalogues) -> None:
    content.write(f"{BUS}/topic.yaml", "scope: [")
    library, problems = content.read(catalogues)
    assert list(library.topics) == ["register-your-address"]
    assert problems


def test_a_folder_without_content_is_an_error(tmp_path: Path, catalogues: Catalogues) -> None:
    with pytest.raises(FileNotFoundError):
        read_library(tmp_path, LANGUAGES, catalogues, TODAY)


def test_every_real_topic_has_a_page_in_every_language(library: Library, languages: Languages) -> None:
    assert library.topics
    missing = [
        (topic, locale)
        for topic in library.topics
        for locale in languages.interface
        if (topic, locale) not in library.pages
    ]
    assert missing == []


def test_real_pages_read_well_on_the_day_after_each_fact_has_expired(
    library: Library, languages: Languages, catalogues: Catalogues
) -> None:
    days = sorted({fact.until + timedelta(days=1) for fact in library.facts.values() if fact.until})
    assert days
    for day in days:
        later, problems = read_library(CONTENT, languages, catalogues, day)
        assert problems == []
        for page in later.pages.values():
            if page.topic.expired(day):
                continue
            where = (page.topic.id, page.locale, day)
            assert page.title, where
            assert page.summary, where
            assert page.blocks, where
            for block, following in zip(page.blocks, [*page.blocks[1:], None], strict=True):
                if isinstance(block, Paragraph) and block.runs[-1].text.rstrip().endswith(":"):
                    assert isinstance(following, Listing), (where, plain([block]))
