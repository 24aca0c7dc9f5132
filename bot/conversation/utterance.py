"""What a newcomer wrote, and what was understood of it."""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["answer", "clarify", "unknown", "emergency"]

EMERGENCY = "emergency"
OUT_OF_SCOPE = "out_of_scope"

ACTS = frozenset(
    {
        "greet",
        "thank",
        "goodbye",
        "help",
        "change_language",
        "book_appointment",
        "reschedule_appointment",
        "cancel_appointment",
        "my_appointments",
        "talk_to_human",
        "request_interpreter",
        "ask_events",
        "start_profile",
        "my_data",
        "erase_my_data",
        EMERGENCY,
        "affirm",
        "deny",
        OUT_OF_SCOPE,
    }
)


@dataclass(frozen=True, slots=True)
class Guess:
    """One intent and how likely it is, between 0 and 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the utterance: its kind (``language``, ``municipality`` …), its value, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """The intent of a message, with its rivals in ``ranking`` (best first, the intent itself included).

    ``language`` is the BCP 47 code of the language that it is written in, or None where nothing can be said of it.
    ``decision`` is what the bot is to do: answer the intent, ask which of the ranking's first three was meant, say
    that it does not know, or put the emergency card first.
    """

    intent: str
    confidence: float
    decision: Decision
    language: str | None = None
    ranking: tuple[Guess, ...] = ()
    entities: tuple[Entity, ...] = ()
    engine: str = "embedded"
