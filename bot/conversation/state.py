"""What Lotse remembers of a conversation: no more than the next turn needs, and never a text of the newcomer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class State:
    """``locale``: the language to speak, None before it is known; ``chosen``: the newcomer chose it by button.

    ``topic`` is the topic of the last answer, ``offered`` the intents of an open "did you mean", ``sought`` the topic
    that was understood although it has no page, while a search for something near it is under way. ``noticed`` is the
    language that Lotse has already said it cannot speak yet. ``erasing``: whether all is to be erased was just asked;
    ``rating``: whether the answer helped was.
    """

    locale: str | None = None
    chosen: bool = False
    topic: str | None = None
    offered: tuple[str, ...] = ()
    sought: str | None = None
    noticed: str | None = None
    erasing: bool = False
    rating: bool = False

    def at_rest(self) -> "State":
        """The same, with no question open."""
        return replace(self, offered=(), sought=None, erasing=False, rating=False)

    def to_json(self) -> dict[str, Any]:
        """A form that json can write; from_json reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "State":
        """Read a stored state; what an older or newer version wrote and this one does not know is dropped."""
        known = {field.name for field in fields(cls)}
        kept: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
        }
        return cls(**kept)
