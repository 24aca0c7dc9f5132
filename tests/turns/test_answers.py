from collections.abc import Sequence

import pytest

from bot.conversation.actions import Action
from bot.conversation.caseworker import Caseworker
from bot.conversation.events import Commanded, Event, Pressed, Said
from bot.conversation.guide import Guide
from bot.conversation.replies import Erased, NoAnswer, People, Rated, Reply
from bot.conversation.requests import CountFeedback, Search
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.turns import answers as answers_module
from bot.turns.answers import Answers
from tests.support.dialogue import GUIDE, an_utterance

CLAIRE = Caseworker("Claire Muster", ("fr",))


class Librarian:
    """Finds the same pages whatever is sought."""

    def __init__(self, *found: str) -> None:
        self.found = found
        self.sought: list[tuple[str, str]] = []

    async def find(self, text: str, locale: str) -> Sequence[str]:
        self.sought.append((text, locale))
        return list(self.found)


async def claire() -> tuple[Caseworker, ...]:
    return (CLAIRE,)


async def answers_to(event: Event, state: State, librarian: Librarian | None = None) -> Answers:
    answers = Answers(state)
    await answers.work_out(event, GUIDE, librarian or Librarian(), claire)
    return answers


async def test_a_search_is_carried_out_and_its_result_is_told() -> None:
    librarian = Librarian("find-a-job", "find-a-doctor")
    said = Said(an_utterance("find-a-job", "unknown", "fr"), "le boulot")
    answers = await answers_to(said, State("fr", chosen=True), librarian)
    assert librarian.sought == [("le boulot", "fr")]
    assert answers.replies == [Reply(NoAnswer(("find-a-job", "find-a-doctor")), "fr")]


async def test_people_are_looked_up() -> None:
    answers = await answers_to(Commanded("person"), State("fr"))
    assert answers.replies == [Reply(People("talk_to_human", (CLAIRE,)), "fr")]


async def test_erasing_is_left_to_the_end_of_the_turn_but_told_already() -> None:
    answers = await answers_to(Pressed(Action("erase-yes")), State("fr", chosen=True, topic="find-a-job"))
    assert answers.erase
    assert answers.state == State()
    assert answers.replies == [Reply(Erased(), "fr")]


async def test_feedback_is_counted_and_asks_for_no_result() -> None:
    answers = await answers_to(Pressed(Action("useful", "find-a-job")), State("fr"))
    assert answers.counted == [CountFeedback("find-a-job", "fr", helped=True)]
    assert answers.replies == [Reply(Rated(helped=True), "fr")]
    assert not answers.erase


async def test_a_dialogue_that_never_stops_asking_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def curious(state: State, event: Event, guide: Guide) -> Step:
        return Step(state, (Reply(NoAnswer(), "en"),), (Search("again", "en"),))

    monkeypatch.setattr(answers_module, "advance", curious)
    librarian = Librarian()
    answers = await answers_to(Commanded("help"), State("en"), librarian)
    assert len(librarian.sought) == len(answers.replies) == 4
