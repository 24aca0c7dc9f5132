"""What Lotse wants to say, as meanings. The words are chosen in ``bot.screens``, the looks by the channel."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.conversation.caseworker import Caseworker
from bot.conversation.events import Unreadable


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """Choose your language: the codes in the order to show them."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Welcome:
    """What Lotse is and can do, with the groups of the menu."""

    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The groups to choose from; ``greeting`` is what is said before: nothing, hello, you are welcome, goodbye."""

    groups: tuple[str, ...]
    opening: str = ""


@dataclass(frozen=True, slots=True)
class GroupMenu:
    """The topics of one group to choose from."""

    group: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """The page of a topic. ``offer_language``: the newcomer wrote in this language, offer to stay in it."""

    topic: str
    related: tuple[str, ...] = ()
    offer_language: str | None = None


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Ask which of these intents was meant: topics or acts, likeliest first."""

    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Lotse does not know. ``topics`` are the pages that a search found, perhaps none."""

    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotYetWritten:
    """The topic was understood, but there is no checked page on it yet."""

    topic: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Not a matter for Lotse; what it does know is in the menu."""

    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """The emergency numbers: fixed text, never retrieved."""


@dataclass(frozen=True, slots=True)
class People:
    """How to reach a person.

    ``wish`` is the act that led here: ``book_appointment``, ``talk_to_human`` …
    ``sample`` are the caseworkers of the sample office, in a demonstration.
    """

    wish: str = "talk_to_human"
    sample: tuple[Caseworker, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What Lotse can do and how to talk to it."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is stored, with the button that erases it. ``topic`` is the page to show, None where there is none."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class EraseQuestion:
    """Ask whether everything is to be erased."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Everything is erased."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Thank you for saying whether the answer helped; after a no, ways to go on."""

    helped: bool


@dataclass(frozen=True, slots=True)
class LanguageNotice:
    """Lotse understands this language but cannot speak it yet, so it goes on in another one."""

    language: str


@dataclass(frozen=True, slots=True)
class CannotRead:
    """Lotse reads text only."""

    kind: Unreadable


@dataclass(frozen=True, slots=True)
class TooLong:
    """The message is too long; write at most ``limit`` characters."""

    limit: int


@dataclass(frozen=True, slots=True)
class OldButton:
    """The button is of an older Lotse; here is the menu."""

    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something broke at Lotse's side; please write again, or ask a person."""


Meaning: TypeAlias = (
    LanguageChoice
    | Welcome
    | Menu
    | GroupMenu
    | TopicAnswer
    | DidYouMean
    | NoAnswer
    | NotYetWritten
    | OutOfScope
    | EmergencyCard
    | People
    | Help
    | Privacy
    | EraseQuestion
    | Erased
    | Rated
    | LanguageNotice
    | CannotRead
    | TooLong
    | OldButton
    | Trouble
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A meaning, and the interface language to say it in.

    ``in_place``: the channel may put it where the pressed button was, instead of below.
    """

    meaning: Meaning
    locale: str
    in_place: bool = field(default=False)
