"""What is stored of the newcomer, and its erasure."""

from dataclasses import replace

from bot.conversation.guide import Guide
from bot.conversation.replies import Erased, EraseQuestion, Privacy, Reply
from bot.conversation.requests import EraseData
from bot.conversation.state import State
from bot.conversation.step import Step

TOPIC = "privacy-and-consent"


def show(state: State, locale: str, guide: Guide) -> Step:
    """Say what is stored, with the button that erases it."""
    page = TOPIC if TOPIC in guide.topics else None
    return Step(state.at_rest(), (Reply(Privacy(page), locale),))


def ask_to_erase(state: State, locale: str, *, in_place: bool = False) -> Step:
    """Ask once more before everything is erased."""
    asked = replace(state.at_rest(), erasing=True)
    return Step(asked, (Reply(EraseQuestion(), locale, in_place),))


def erase(state: State) -> Step:
    """Have everything erased. The state is kept until that is done, for the language of the last sentence."""
    return Step(state, (), (EraseData(),))


def erased(locale: str) -> Step:
    """Start anew as a stranger, and say that everything is gone."""
    return Step(State(), (Reply(Erased(), locale),))
