"""A person instead of a machine."""

from bot.conversation.events import PeopleFound
from bot.conversation.replies import People, Reply
from bot.conversation.requests import FindPeople
from bot.conversation.state import State
from bot.conversation.step import Step


def show(state: State, locale: str, *, wish: str = "talk_to_human") -> Step:
    """Find out who can be talked to; ``wish`` is the act that led here."""
    return Step(state.at_rest(), (), (FindPeople(wish, locale),))


def found(state: State, event: PeopleFound) -> Step:
    """Say how people who advise can be reached."""
    return Step(state, (Reply(People(event.wish, event.sample), event.locale),))
