"""The catalogues of interface texts: ``locales/<locale>/LC_MESSAGES/lotse.po``.

The English sentence is the message id. Catalogues are compiled in memory at start: nothing has to be built before
Lotse can run, and an editor sees a correction after a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.i18n.languages import Languages

SOURCE_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The interface texts of one locale; a message without translation stays English."""

    locale: str
    _translations: NullTranslations

    def __call__(self, message: str, /, **values: str) -> str:
        """Translate the message and fill its ``{placeholders}``."""
        text = self._translations.gettext(message)
        return text.format(**values) if values else text

    def count(self, singular: str, plural: str, number: int, /, **values: str) -> str:
        """The form of the message that the locale uses with this number."""
        return self._translations.ngettext(singular, plural, number).format(**values)


class Catalogues:
    """The interface texts of all locales."""

    def __init__(self, translations: Mapping[str, NullTranslations]) -> None:
        self._phrases = {locale: Phrases(locale, of_locale) for locale, of_locale in translations.items()}

    def __getitem__(self, locale: str) -> Phrases:
        return self._phrases[locale]


def catalogue_path(folder: Path, locale: str) -> Path:
    """Where the catalogue of a locale lies."""
    return folder / locale / "LC_MESSAGES" / "lotse.po"


def read_catalogue(path: Path, locale: str) -> NullTranslations:
    """The translations of one file; fuzzy ones are left out."""
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=locale))
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_catalogues(folder: Path, languages: Languages) -> Catalogues:
    """Read the catalogue of every interface language; English needs none. A missing file raises FileNotFoundError."""
    return Catalogues(
        {
            locale: NullTranslations()
            if locale == SOURCE_LOCALE
            else read_catalogue(catalogue_path(folder, locale), locale)
            for locale in languages.interface
        }
    )
