"""An arrival: something that a newcomer did, as a channel handed it over, before anybody thought about it."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

ArrivalKind = Literal["start", "text", "press", "command", "unreadable", "blocked", "unblocked"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """``key`` is the channel's own name for it: an arrival that comes twice has the same key.

    ``content`` is the text, the button's text, the command without slash, or the kind of the unreadable thing.
    ``languages`` are the BCP 47 tags of the phone, best first. ``screen`` is the channel's id of the screen whose
    button was pressed.
    """

    channel: str
    chat: str
    key: str
    kind: ArrivalKind
    content: str = ""
    languages: tuple[str, ...] = ()
    screen: str | None = None

    def to_text(self) -> str:
        """A form for the inbox; from_text reads it back."""
        return json.dumps(asdict(self))  # in ASCII: then even broken characters can be stored

    @classmethod
    def from_text(cls, text: str) -> "Arrival":
        """Read what to_text wrote."""
        data = json.loads(text)
        return cls(**{**data, "languages": tuple(data["languages"])})


@dataclass(frozen=True, slots=True)
class Received:
    """An arrival in the inbox, under its id; ``attempts`` is how often working on it has failed."""

    id: int
    arrival: Arrival
    attempts: int = 0
