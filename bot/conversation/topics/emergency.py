"""Danger: the emergency card, before anything else."""

from bot.conversation.replies import EmergencyCard, Reply
from bot.conversation.state import State
from bot.conversation.step import Step


def show(state: State, locale: str) -> Step:
    """Show the card. It is never put in the place of another screen: it must stay where the newcomer saw it."""
    return Step(state.at_rest(), (Reply(EmergencyCard(), locale),))
