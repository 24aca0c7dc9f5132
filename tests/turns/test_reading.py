import time

import pytest

from bot.conversation.actions import Action
from bot.conversation.events import Commanded, Event, Pressed, Said, SentTooLong, SentUnreadable, Started
from bot.store.arrivals import Arrival, ArrivalKind
from bot.turns.reading import LONGEST_TEXT, emergency, read
from bot.understanding.danger import DangerWords
from tests.support.service import FakeUnderstanding, danger_phrase, real_danger_words

DANGER = DangerWords({"it burns": "en", "es brennt": "de"})
PHONE = ("uk-UA", "ru")


def arrival(kind: ArrivalKind, content: str = "") -> Arrival:
    return Arrival("web", "chat", "key", kind, content, PHONE)


async def event_of(
    kind: ArrivalKind, content: str = "", understanding: FakeUnderstanding | None = None
) -> Event | None:
    return await read(arrival(kind, content), "uk", understanding or FakeUnderstanding(), DANGER)


@pytest.mark.parametrize(
    ("kind", "content", "event"),
    [
        ("start", "", Started(PHONE)),
        ("start", "flyer", Started(PHONE)),
        ("press", "topic:find-a-job", Pressed(Action("topic", "find-a-job"), PHONE)),
        ("press", "of:an-older-version", Pressed(None, PHONE)),
        ("press", "", Pressed(None, PHONE)),
        ("command", "help", Commanded("help", PHONE)),
        ("command", "appointment", Commanded(None, PHONE)),
        ("command", "", Commanded(None, PHONE)),
        ("unreadable", "voice", SentUnreadable("voice", PHONE)),
        ("unreadable", "hologram", SentUnreadable("other", PHONE)),
        ("blocked", "", None),
        ("unblocked", "", None),
    ],
)
async def test_an_arrival_is_read_as_what_happened(kind: ArrivalKind, content: str, event: Event | None) -> None:
    assert await event_of(kind, content) == event


async def test_a_text_is_understood_without_the_blanks_around_it() -> None:
    understanding = FakeUnderstanding()
    understanding.learns("Where is the doctor", intent="find-a-doctor")
    event = await event_of("text", " Where is the doctor\n", understanding)
    assert isinstance(event, Said)
    assert (event.utterance.intent, event.text) == ("find-a-doctor", "Where is the doctor")


async def test_danger_is_heard_before_anything_is_understood() -> None:
    understanding = FakeUnderstanding()
    event = await event_of("text", "help, it burns", understanding)
    assert isinstance(event, Said)
    assert (event.utterance.decision, event.utterance.language) == ("emergency", "en")
    assert understanding.asked == []


async def test_as_much_as_the_limit_is_read_and_no_more() -> None:
    assert isinstance(await event_of("text", "a" * LONGEST_TEXT), Said)
    assert isinstance(await event_of("text", " " + "a" * LONGEST_TEXT + " "), Said)
    assert await event_of("text", "a" * (LONGEST_TEXT + 1)) == SentTooLong(LONGEST_TEXT, PHONE)


async def test_danger_is_heard_in_what_is_too_long_to_understand() -> None:
    event = await event_of("text", "a " * LONGEST_TEXT + "it burns")
    assert isinstance(event, Said)
    assert event.utterance.decision == "emergency"


@pytest.mark.parametrize("letter", ["a", "ä", "я", "ب", "የ"])
async def test_a_word_of_twenty_thousand_letters_holds_nobody_up(letter: str) -> None:
    began = time.monotonic()
    event = await read(arrival("text", letter * 20_000), "uk", FakeUnderstanding(), real_danger_words())
    assert event == SentTooLong(LONGEST_TEXT, PHONE)
    assert time.monotonic() - began < 1, "everybody else waits for so long"


@pytest.mark.parametrize(
    ("signs", "intent"), [("👍", "affirm"), ("👌👌", "affirm"), ("✅", "affirm"), ("🙏🏻", "thank"), ("👎", "deny")]
)
async def test_some_signs_are_as_good_as_a_word(signs: str, intent: str) -> None:
    event = await event_of("text", signs)
    assert isinstance(event, Said)
    assert (event.utterance.intent, event.utterance.decision) == (intent, "answer")
    assert event.utterance.language is None


@pytest.mark.parametrize(("content", "kind"), [("🤷", "emoji"), ("...", "emoji"), ("!?", "emoji"), ("", "other")])
async def test_other_signs_cannot_be_read(content: str, kind: str) -> None:
    event = await event_of("text", content)
    assert isinstance(event, SentUnreadable)
    assert event.kind == kind


class TestEmergency:
    """Whether an arrival wants the emergency card, found from memory alone."""

    @pytest.mark.parametrize("language", ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"])
    def test_danger_words_want_the_card_in_their_language(self, language: str) -> None:
        assert emergency(arrival("text", danger_phrase(language)), real_danger_words()) == language

    @pytest.mark.parametrize("kind", ["press", "command"])
    def test_button_and_command_want_the_card(self, kind: ArrivalKind) -> None:
        assert emergency(arrival(kind, "emergency"), DANGER) == ""

    @pytest.mark.parametrize(
        ("kind", "content"),
        [("text", "good morning"), ("press", "menu"), ("command", "help"), ("start", ""), ("unreadable", "voice")],
    )
    def test_nothing_else_wants_it(self, kind: ArrivalKind, content: str) -> None:
        assert emergency(arrival(kind, content), DANGER) is None
