"""What nobody has confirmed is never shown: no invented address, number or hour, ever.

The values below stood in the research of November 2026, from map data, wiki copies, old newspapers or general
knowledge. When an office has confirmed one, it moves from here into the content, with its source.
"""

import re
from pathlib import Path

import pytest
import yaml

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.library import Library
from bot.texts.normalise import normalise

ROOT = Path(__file__).parent.parent.parent

ADDRESSES = {
    "Kantstraße 5": "town hall of Peine, from a wiki copy",
    "Oelheimer Weg 1": "town hall of Edemissen, from a wiki copy",
    "Marktstraße 13": "town hall of Hohenhameln, from a wiki copy",
    "Eichstraße 3": "town hall of Ilsede, from a wiki copy",
    "Vallstedter Weg 1": "town hall of Lengede, from a wiki copy",
    "Hildesheimer Straße 85": "town hall of Vechelde, from a wiki copy",
    "Am Anger 5": "town hall of Wendeburg, from a wiki copy",
    "Stederdorfer Straße 24": "Jobcenter, from map data",
    "Im Schleusenteich 1": "employment agency, from map data",
    "Virchowstraße 8": "hospital, from map data",
    "Winkel 30": "town library, from map data",
    "Am Amthof 3": "Caritas, from a report of 2012",
}
PHONES = {
    "05171 401 3312": "coordination office, from a page of about 2019",
    "05171 401 7780": "Jobcenter, from map data",
    "05171 401 6501": "driving-licence office, from a newspaper of 2021",
    "05171 7740-62": "employment agency, from map data",
    "05171 93-0": "hospital, from map data",
    "05171 49-490": "town hall of Peine, from a newspaper of 2021",
    "05171 49-540": "town library, from a page of 2020",
    "05171 5069970": "bus company, from a newspaper of 2020",
    "05171 700333": "Caritas, from a report of 2012",
    "05172 411-120": "refugee officer of Ilsede, from a page without date",
    "0511 91196-96": "consumer advice, from a newspaper of 2020",
    "030 1815-1111": "hot line of the federal office, from program code",
    "0800 4 5555 00": "employment agency, no official page was found",
    "0800 4 5555 30": "Familienkasse, no official page was found",
    "0800 123 99 00": "line for men, general knowledge",
    "116 006": "Weißer Ring, general knowledge",
    "116 000": "missing children, general knowledge",
    "116 123": "Telefonseelsorge, general knowledge",
}
MAILS_AND_SITES = {
    "info@edemissen.de": "from a newspaper of 2020",
    "info@caritaspeine.de": "from a report of 2012",
    "mail@landkreis-peine.de": "from a wiki copy of 2004",
    "strassenverkehr@landkreis-peine.de": "from a newspaper of 2021",
    "ukrainehilfe@landkreis-peine.de": "for offers of housing in 2022",
    "www.klinikum-peine.de": "from map data",
}
# Rows of the research that have no source at all, or none that may be shown (grades C, N and G).
NO_SOURCES = frozenset(
    {
        *("L-03", "L-05", "L-16", "L-20", "L-21", "L-22", "L-23", "L-24", "L-25", "L-26", "L-41", "L-42", "L-47"),
        *("L-58", "L-61", "L-95", "L-98", "L-100", "H-13", "H-14", "H-16", "H-17", "H-18", "I-08"),
        *("R-11", "W-06", "W-07", "M-05", "U-04", "U-05", "G-05", "F-08"),
    }
)

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-–—/.()\u2066-\u2069]+(?=\d)")


def texts() -> dict[str, str]:
    """All that Lotse could show, by file: the content base and the interface texts, in every language."""
    paths = [path for folder in ("content", "locales") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    return {name: normalise(text) for name, text in texts().items()}


@pytest.fixture(scope="module")
def digits() -> dict[str, str]:
    """The texts with Western digits, and without anything between the digits of a number."""
    western = {ord(sign): str(value) for signs in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, sign in enumerate(signs)}
    return {name: _BETWEEN_DIGITS.sub("", text.translate(western)) for name, text in texts().items()}


def address(value: str) -> re.Pattern[str]:
    street = normalise(value).replace("strasse", "str(?:asse)?")
    return re.compile(rf"(?<!\w){street}(?!\d)")


def phone(value: str) -> re.Pattern[str]:
    number = re.sub(r"\D", "", value)
    # With the area code's nought, or with the country code in its place.
    return re.compile(rf"(?<!\d){number}" + (rf"|(?:\+|00)49(?:0)?{number[1:]}" if number[0] == "0" else r"(?!\d)"))


@pytest.mark.parametrize("value", ADDRESSES)
def test_an_address_that_nobody_confirmed_stands_nowhere(words: dict[str, str], value: str) -> None:
    assert [name for name, text in words.items() if address(value).search(text)] == []


@pytest.mark.parametrize("value", PHONES)
def test_a_phone_number_that_nobody_confirmed_stands_nowhere(digits: dict[str, str], value: str) -> None:
    assert [name for name, text in digits.items() if phone(value).search(text)] == []


@pytest.mark.parametrize("value", MAILS_AND_SITES)
def test_an_address_on_the_internet_that_nobody_confirmed_stands_nowhere(value: str) -> None:
    assert [name for name, text in texts().items() if value.removeprefix("www.") in text.lower()] == []


def test_what_has_no_source_is_named_as_a_source_nowhere(library: Library) -> None:
    assert set(library.sources) & NO_SOURCES == set()
    named = yaml.safe_load((ROOT / "content" / "sources.yaml").read_text(encoding="utf-8"))
    assert set(named) & NO_SOURCES == set()


def test_the_search_would_find_an_address_and_a_number_however_they_are_written() -> None:
    assert address("Kantstraße 5").search(normalise("Rathaus, Kantstr. 5, 31224 Peine"))
    assert address("Kantstraße 5").search(normalise("KANTSTRASSE 5"))
    assert not address("Kantstraße 5").search(normalise("Kantstraße 57"))
    for written in ("05171/4017780", "+49 5171 401 7780", "0049 (0)5171 401-7780", "05171 401 77 80"):
        assert phone("05171 401 7780").search(_BETWEEN_DIGITS.sub("", written)), written
    assert phone("116 006").search(_BETWEEN_DIGITS.sub("", "\u2066116 006\u2069"))
    assert not phone("116 006").search(_BETWEEN_DIGITS.sub("", "116 0061"))


def test_every_phone_number_on_a_page_is_one_of_the_facts(
    library: Library, languages: Languages, catalogues: Catalogues
) -> None:
    """Numbers of the emergency cards and pages are links to dial; each must come from facts.yaml sign for sign."""
    known = {(fact.phone, f"tel:{fact.tel}") for fact in library.facts.values() if fact.phone}
    pages = [*library.pages.values(), *library.cards.values()]
    dialled = {
        (run.text, run.link)
        for page in pages
        for block in page.blocks
        for runs in ([block.runs] if hasattr(block, "runs") else block.items)
        for run in runs
        if run.link and run.link.startswith("tel:")
    }
    assert dialled
    assert dialled <= known
