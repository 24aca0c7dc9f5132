from dataclasses import replace

from bot.conversation.guide import TopicEntry
from bot.conversation.replies import Erased, EraseQuestion, Privacy, Reply
from bot.conversation.requests import EraseData
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import privacy
from tests.support.dialogue import GUIDE, a_guide

BUSY = State("uk", topic="find-a-job", offered=("greet",), sought="x")
AT_REST = State("uk", topic="find-a-job")


def test_what_is_stored_is_said_by_its_page() -> None:
    assert privacy.show(BUSY, "uk", GUIDE) == Step(AT_REST, (Reply(Privacy("privacy-and-consent"), "uk"),))


def test_what_is_stored_is_said_without_a_page_too() -> None:
    guide = a_guide(TopicEntry("find-a-job", "work"))

    assert privacy.show(BUSY, "uk", guide).replies == (Reply(Privacy(None), "uk"),)


def test_nothing_is_erased_before_it_was_asked_once_more() -> None:
    assert privacy.ask_to_erase(BUSY, "uk") == Step(replace(AT_REST, erasing=True), (Reply(EraseQuestion(), "uk"),))


def test_the_language_is_kept_until_everything_is_erased() -> None:
    assert privacy.erase(State("uk")) == Step(State("uk"), (), (EraseData(),))


def test_after_the_erasure_the_newcomer_is_a_stranger() -> None:
    assert privacy.erased("uk") == Step(State(), (Reply(Erased(), "uk"),))
