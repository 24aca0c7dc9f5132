from datetime import date

import pytest

from bot.i18n.catalogues import Catalogues
from bot.i18n.formats import UNITS, long_date, number, quantity
from bot.i18n.languages import Languages

DAY = date(2026, 11, 22)
NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "22. November 2026"),
        ("en", "22 November 2026"),
        ("fr", "22 novembre 2026"),
        ("tr", "22 Kasım 2026"),
        ("ar", "22 نوفمبر 2026"),
        ("fa", "22 نوامبر 2026"),
    ],
)
def test_a_date_has_its_month_in_words_and_its_digits_as_on_german_letters(locale: str, text: str) -> None:
    assert long_date(DAY, locale) == text


@pytest.mark.parametrize("locale", ["uk", "ru"])
def test_a_slavic_date_has_its_month_in_the_genitive(locale: str) -> None:
    assert {"uk": "22 листопада 2026", "ru": "22 ноября 2026"}[locale] in long_date(DAY, locale)


def test_no_language_has_digits_or_separators_that_german_letters_do_not_have(languages: Languages) -> None:
    for locale in languages.interface:
        assert {char for char in long_date(DAY, locale) if char.isdecimal()} == set("026"), locale
        assert set(number(1234567.5, locale)) <= {*"1234567", *"50", *",.", NO_BREAK, "\u202f"}, locale


@pytest.mark.parametrize(
    ("locale", "text"),
    [("de", "1.234,50"), ("en", "1,234.50"), ("tr", "1.234,50"), ("ar", "1,234.50"), ("fa", "1,234.50")],
)
def test_a_number_has_the_separators_of_the_locale_and_two_decimals(locale: str, text: str) -> None:
    assert number(1234.5, locale) == text


def test_a_whole_number_has_no_decimals() -> None:
    assert number(563.0, "de") == "563"
    assert number(1000, "de") == "1.000"


def test_the_euro_stands_where_the_locale_has_it(catalogues: Catalogues) -> None:
    assert quantity(563, "EUR", catalogues["en"]) == "€563"
    assert quantity(563, "EUR", catalogues["de"]) == f"563{NO_BREAK}€"
    assert quantity(563, "EUR", catalogues["ar"]) == f"563{NO_BREAK}€"


def test_the_sign_of_percent_clings_to_the_number_only_in_english_and_turkish(catalogues: Catalogues) -> None:
    assert quantity(5, "percent", catalogues["en"]) == "5%"
    assert quantity(5, "percent", catalogues["tr"]) == "5%"
    assert quantity(5, "percent", catalogues["fr"]) == f"5{NO_BREAK}%"


@pytest.mark.parametrize(
    ("unit", "one", "several"),
    [
        ("day", "1 day", "3 days"),
        ("week", "1 week", "3 weeks"),
        ("month", "1 month", "3 months"),
        ("year", "1 year", "3 years"),
        ("hour", "1 hour", "3 hours"),
        ("lesson", "1 lesson", "3 lessons"),
        ("", "1", "3"),
    ],
)
def test_a_span_is_said_in_singular_and_plural(catalogues: Catalogues, unit: str, one: str, several: str) -> None:
    assert quantity(1, unit, catalogues["en"]) == one
    assert quantity(3, unit, catalogues["en"]) == several


def test_every_unit_is_known_in_every_language(catalogues: Catalogues, languages: Languages) -> None:
    for locale in languages.interface:
        for unit in UNITS:
            assert "7" in quantity(7, unit, catalogues[locale]), (locale, unit)


def test_an_unknown_unit_is_an_error_that_names_the_known_ones(catalogues: Catalogues) -> None:
    with pytest.raises(ValueError, match="unknown unit 'mile'; one of EUR, day, week"):
        quantity(7, "mile", catalogues["en"])
