"""What a button does when it is pressed, and the short text that a channel carries in the button.

Telegram gives a button 64 bytes of callback data (Bot API, InlineKeyboardButton), so the text is ``kind:argument``.
Buttons stay on the screens of phones for years: a text that this version does not know decodes to None, never to an
error, and a kind is never given another meaning.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

ActionKind = Literal[
    "menu",  # the menu of topic groups; about "below": not in the place of the screen with the button
    "group",  # the topics of one group
    "topic",  # the answer to one topic
    "intent",  # "did you mean": this intent, topic or act
    "neither",  # "did you mean": none of these
    "language",  # speak this language from now on
    "languages",  # offer the languages
    "emergency",  # the emergency card
    "person",  # how to reach a person
    "useful",  # the topic's answer helped
    "useless",  # the topic's answer did not help
    "privacy",  # what happens to my data
    "erase",  # ask whether my data is to be erased
    "erase-yes",  # erase it
    "help",  # what Lotse can do
]
_KINDS: frozenset[str] = frozenset(get_args(ActionKind))
_MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of action and what it is about: a topic, a group, an intent or a language; '' for none."""

    kind: ActionKind
    about: str = ""

    def encode(self) -> str:
        """The text that a button carries; a ValueError if it would not fit into 64 bytes."""
        text = f"{self.kind}:{self.about}" if self.about else self.kind
        if len(text.encode()) > _MAX_BYTES:
            raise ValueError(f"button text {text!r} is longer than {_MAX_BYTES} bytes")
        return text


Press: TypeAlias = Action | None


def decode(text: str) -> Press:
    """The action that a button's text stands for, or None if this version knows no such button."""
    kind, _, about = text.partition(":")
    if kind not in _KINDS or len(text.encode(errors="replace")) > _MAX_BYTES:
        return None
    return Action(kind, about)  # type: ignore[arg-type]  # membership in _KINDS was just checked
