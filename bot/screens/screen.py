"""A screen: what a newcomer sees at once, in one language, free of any channel."""

from dataclasses import dataclass
from typing import Literal

from bot.conversation.actions import Action
from bot.i18n.languages import Direction
from bot.library.text import Block

Kind = Literal["message", "answer", "menu", "emergency"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button with its label, and what happens when it is pressed: an action, or a web address that opens.

    ``language`` is set where the label is not in the screen's own language: on the buttons that choose one.
    """

    label: str
    action: Action | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """``notes`` are the small print under the text; ``phones`` are the numbers to offer for calling.

    ``back`` is the last row of buttons, the same on almost every screen: the menu, a person, the emergency card.
    ``leave``: offer to leave the page quickly, for a reader who must not be seen reading it.
    ``in_place``: it may take the place of the screen whose button was pressed.
    """

    kind: Kind
    locale: str
    direction: Direction
    title: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    back: tuple[Button, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    in_place: bool = False
    leave: bool = False
