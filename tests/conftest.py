"""What all tests share: the real languages, interface texts and pages, read once, as they are on one fixed day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from bot.i18n.catalogues import Catalogues, read_catalogues
from bot.i18n.languages import Languages, read_languages
from bot.library.library import Library, read_library

ROOT = Path(__file__).parent.parent
# Pages expire. The day stands still, so that a test that is right today is right next year.
TODAY = date(2026, 11, 22)

# A busy machine is no failure.
settings.register_profile("lotse", deadline=None)
settings.load_profile("lotse")


@pytest.fixture(scope="session")
def languages() -> Languages:
    return read_languages(ROOT / "locales" / "languages.yaml")


@pytest.fixture(scope="session")
def catalogues(languages: Languages) -> Catalogues:
    return read_catalogues(ROOT / "locales", languages)


@pytest.fixture(scope="session")
def library(languages: Languages, catalogues: Catalogues) -> Library:
    library, _problems = read_library(ROOT / "content", languages, catalogues, TODAY)
    return library
