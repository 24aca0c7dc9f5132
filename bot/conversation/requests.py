"""What the dialogue wants done outside of itself, as data. Its result comes back as an event."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Search:
    """Find pages for a text; answered by PagesFound. The reader's locale comes first in the ranking."""

    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class FindPeople:
    """Find who can be talked to; answered by PeopleFound, which repeats ``wish`` and ``locale``."""

    wish: str
    locale: str


@dataclass(frozen=True, slots=True)
class EraseData:
    """Erase all that is stored of this conversation; answered by DataErased."""


@dataclass(frozen=True, slots=True)
class CountFeedback:
    """Count whether the answer to a topic helped. Nothing of the person is kept. It has no answer."""

    topic: str
    locale: str
    helped: bool


Request: TypeAlias = Search | FindPeople | EraseData | CountFeedback
