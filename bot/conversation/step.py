"""The result of one move of the dialogue."""

from dataclasses import dataclass

from bot.conversation.replies import Reply
from bot.conversation.requests import Request
from bot.conversation.state import State


@dataclass(frozen=True, slots=True)
class Step:
    """The state after an event, what to say, and what to have done."""

    state: State
    replies: tuple[Reply, ...] = ()
    requests: tuple[Request, ...] = ()
