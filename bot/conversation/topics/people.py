"""A person instead of a machine."""

from dataclasses import replace

from bot.conversation.replies import People, Reply
from bot.conversation.state import State
from bot.conversation.step import Step


def show(state: State, locale: str, *, wish: str = "talk_to_human") -> Step:
    """Say how people who advise can be reached; ``wish`` is the act that led here."""
    return Step(replace(state, offered=(), sought=None), (Reply(People(wish), locale),))
