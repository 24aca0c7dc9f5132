"""Dates, amounts and durations as the reader's locale writes them (CLDR, through Babel).

Readers in Germany meet dates, amounts and phone numbers in Western digits on every letter and every till. So the
digits are Western in every locale (Babel writes no others unless it is asked to), and the sign of the euro stands
where the locale has it.
"""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.i18n.catalogues import Phrases

_CLDR_LOCALE = {"en": "en_GB"}  # day before month, as on every German letter
UNITS = ("EUR", "day", "week", "month", "year", "hour", "lesson", "percent", "")


def long_date(day: date, locale: str) -> str:
    """The date of the Gregorian calendar with the month in words: ``22 November 2026``."""
    return format_date(day, "long", locale=_CLDR_LOCALE.get(locale, locale))


def number(value: float, locale: str) -> str:
    """The number with the separators of the locale: two decimals, or none if it is whole."""
    pattern = "#,##0" if float(value).is_integer() else "#,##0.00"
    return format_decimal(value, format=pattern, locale=_CLDR_LOCALE.get(locale, locale))


def quantity(value: float, unit: str, phrases: Phrases) -> str:
    """A number with its unit, one of UNITS: ``563 €``, ``2 weeks``, ``5 %``; a plain number for ''."""
    text = number(value, phrases.locale)
    count, whole = phrases.count, int(value)
    match unit:
        case "EUR":
            return f"€{text}" if phrases.locale == "en" else f"{text}\u00a0€"
        case "percent":
            return f"{text}%" if phrases.locale in {"en", "tr"} else f"{text}\u00a0%"
        case "day":
            return count("{number} day", "{number} days", whole, number=text)
        case "week":
            return count("{number} week", "{number} weeks", whole, number=text)
        case "month":
            return count("{number} month", "{number} months", whole, number=text)
        case "year":
            return count("{number} year", "{number} years", whole, number=text)
        case "hour":
            return count("{number} hour", "{number} hours", whole, number=text)
        case "lesson":
            return count("{number} lesson", "{number} lessons", whole, number=text)
        case "":
            return text
    raise ValueError(f"unknown unit {unit!r}; one of {', '.join(name for name in UNITS if name)}")
