import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.conversation.state import State
from bot.store.arrivals import Arrival
from bot.store.tables import inbox
from tests.support.service import danger_phrase
from tests.support.turns import CHANNEL, Office, ShakyStore, an_office, text

HELP = "How I can help"
SORRY = "I am sorry, something went wrong on my side."
BOTH_DATABASES = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def command(chat: str, name: str, key: str) -> Arrival:
    return Arrival(CHANNEL, chat, key, "command", name, ("en",))


def knows(office: Office, *topics: str) -> None:
    """A topic's id is understood as the topic."""
    for topic in topics:
        office.understanding.learns(topic, intent=topic, language="en")


def titles(office: Office, chat: str) -> list[str]:
    """The first lines of what a chat got."""
    return [message.split("\n")[0] for message in office.transport.arrived[chat]]


async def inbox_states(office: Office) -> list[str]:
    async with office.store.engine.begin() as connection:
        return list((await connection.execute(select(inbox.c.state).order_by(inbox.c.id))).scalars())


async def attempts(office: Office) -> list[int]:
    async with office.store.engine.begin() as connection:
        return list((await connection.execute(select(inbox.c.attempts).order_by(inbox.c.id))).scalars())


@pytest.fixture
def title(office: Office) -> Callable[[str], str]:
    """The title of the page of a topic."""

    def of(topic: str) -> str:
        page = office.turns._shelf.library.page(topic, "en")
        assert page
        return page.title

    return of


class TestOrder:
    async def test_everybody_is_answered_in_the_order_of_asking(
        self, office: Office, title: Callable[[str], str]
    ) -> None:
        topics = ["find-a-job", "find-a-flat", "find-a-doctor", "bank-account"]
        knows(office, *topics)
        chats = [f"chat {number}" for number in range(10)]
        for topic in topics:
            await office.take_in(*[text(chat, topic) for chat in chats])
        await office.idle()
        for chat in chats:
            assert titles(office, chat) == [title(topic) for topic in topics]

    async def test_a_question_that_takes_long_keeps_only_its_own_chat_waiting(
        self, office: Office, title: Callable[[str], str]
    ) -> None:
        knows(office, "find-a-job", "find-a-flat")
        office.understanding.holds["find-a-job"] = asyncio.Event()
        await office.take_in(text("slow", "find-a-job"), text("slow", "find-a-flat"), text("quick", "find-a-flat"))
        await office.transport.until_tried("quick")
        assert titles(office, "slow") == []
        office.understanding.holds["find-a-job"].set()
        await office.idle()
        assert titles(office, "slow") == [title("find-a-job"), title("find-a-flat")]

    async def test_a_channel_that_sends_slowly_does_not_keep_the_answers_waiting(self, office: Office) -> None:
        office.transport.holds["42"] = asyncio.Event()
        await office.take_in(command("42", "help", "1"), command("42", "menu", "2"))
        async with asyncio.timeout(5):
            await office.reception.idle()
        assert await inbox_states(office) == ["done", "done"]
        office.transport.holds["42"].set()


class TestTheSameArrivalAgain:
    @BOTH_DATABASES
    async def test_it_is_answered_once_however_it_is_handed_over(self, office: Office) -> None:
        again = command("42", "help", "update-7")
        await office.take_in(again, again)
        await asyncio.gather(office.take_in(again), office.take_in(again))
        await office.idle()
        await office.take_in(again)
        await office.idle()
        assert titles(office, "42") == [HELP]

    async def test_the_same_key_of_another_channel_is_another_arrival(self, office: Office) -> None:
        web = Arrival("web", "42", "7", "command", "help", ("en",))
        await office.take_in(command("42", "help", "7"), web)
        await office.idle()
        async with office.store.begin() as transaction:
            assert len(await transaction.outbox.after("web", "42", 0)) == 1
        assert titles(office, "42") == [HELP]


class TestATurnThatBreaks:
    async def test_it_is_tried_again(self, office: Office, title: Callable[[str], str]) -> None:
        knows(office, "find-a-job")
        office.understanding.breaks["find-a-job"] = 2
        await office.take_in(text("42", "find-a-job"))
        await office.idle()
        assert titles(office, "42") == [title("find-a-job")]
        assert await attempts(office) == [2]

    async def test_after_three_times_it_is_set_aside_and_the_newcomer_is_told(
        self, office: Office, title: Callable[[str], str]
    ) -> None:
        knows(office, "find-a-job", "find-a-flat")
        office.understanding.breaks["find-a-job"] = 99
        await office.take_in(text("42", "find-a-job"), text("42", "find-a-flat"), text("43", "find-a-flat"))
        await office.idle()
        sorry, answer = office.transport.arrived["42"]
        assert sorry.startswith(SORRY)
        assert answer.startswith(title("find-a-flat"))
        assert titles(office, "43") == [title("find-a-flat")]
        assert office.understanding.asked.count("find-a-job") == 3
        assert await inbox_states(office) == ["failed", "done", "done"]

    async def test_others_are_answered_meanwhile(self, office: Office, title: Callable[[str], str]) -> None:
        knows(office, "find-a-flat")
        office.understanding.breaks["poison"] = 99
        office.understanding.holds["poison"] = asyncio.Event()
        await office.take_in(text("42", "poison"), text("43", "find-a-flat"))
        await office.transport.until_tried("43")
        assert titles(office, "43") == [title("find-a-flat")]
        office.understanding.holds["poison"].set()
        await office.idle()
        assert office.transport.arrived["42"][0].startswith(SORRY)

    async def test_a_crash_at_every_attempt_does_not_begin_the_count_anew(
        self, office: Office, store: ShakyStore
    ) -> None:
        async with store.begin() as transaction:
            (received,) = await transaction.inbox.add([text("42", "poison")], office.clock())
            for _ in range(3):
                await transaction.inbox.count_attempt(received.id)
        assert await office.reception.resume() == 1
        await office.idle()
        assert office.understanding.asked == []
        assert office.transport.arrived["42"][0].startswith(SORRY)

    async def test_a_chat_without_even_an_apology_goes_on_with_its_next_question(
        self, office: Office, title: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def no_apology(*_: object) -> None:
            raise RuntimeError("not even that")

        knows(office, "find-a-flat")
        office.understanding.breaks["poison"] = 99
        monkeypatch.setattr(office.turns, "set_aside", no_apology)
        await office.take_in(text("42", "poison"), text("42", "find-a-flat"))
        await office.idle()
        assert titles(office, "42") == [title("find-a-flat")]


class TestTheDatabaseIsAway:
    async def test_it_is_answered_when_the_database_is_back(
        self, office: Office, store: ShakyStore, title: Callable[[str], str]
    ) -> None:
        knows(office, "find-a-job")
        office.understanding.holds["find-a-job"] = asyncio.Event()
        await office.take_in(text("42", "find-a-job"))
        await office.understanding.reached("find-a-job")
        store.failures = 7
        office.understanding.holds["find-a-job"].set()
        await office.idle()
        assert titles(office, "42") == [title("find-a-job")]
        assert await attempts(office) == [0], "nobody is to blame"

    async def test_what_cannot_be_kept_is_not_confirmed(self, office: Office, store: ShakyStore) -> None:
        store.away = True
        with pytest.raises(Exception, match="could not connect"):
            await office.take_in(command("42", "help", "1"))
        store.away = False
        await office.take_in(command("42", "help", "1"))  # so the channel hands it over again
        await office.idle()
        assert titles(office, "42") == [HELP]

    async def test_who_is_in_danger_gets_the_card_past_it(self, office: Office, store: ShakyStore) -> None:
        store.away = True
        danger = text("42", danger_phrase("ar"), language="de")
        for _again in range(3):
            with pytest.raises(Exception, match="could not connect"):
                await office.take_in(danger, text("43", "hello"))
        assert titles(office, "42") == ["🆘 الطوارئ"], "once, however often the channel hands it over"
        assert titles(office, "43") == []

    @pytest.mark.parametrize(
        ("arrival", "card"),
        [
            (Arrival(CHANNEL, "42", "1", "press", "emergency", ("uk-UA",)), "🆘 "),
            (Arrival(CHANNEL, "42", "1", "command", "emergency", ("sw",)), "🆘 Emergency"),
        ],
    )
    async def test_button_and_command_bring_the_card_in_the_language_of_the_phone(
        self, office: Office, store: ShakyStore, arrival: Arrival, card: str
    ) -> None:
        store.away = True
        with pytest.raises(Exception, match="could not connect"):
            await office.take_in(arrival)
        assert titles(office, "42")[0].startswith(card)
        assert "112" in office.transport.arrived["42"][0]

    async def test_danger_in_the_middle_of_an_outage_is_answered_at_once(
        self, office: Office, store: ShakyStore
    ) -> None:
        await office.take_in(text("42", danger_phrase("en")), text("43", "hello"))
        store.away = True  # it was kept, but can no longer be answered as usual
        await office.transport.until_tried("42")
        assert titles(office, "42") == ["🆘 Emergency"]
        store.away = False
        await office.idle()
        assert titles(office, "42") == ["🆘 Emergency", "🆘 Emergency"], "better twice than not at all"
        assert len(titles(office, "43")) == 1

    async def test_a_browser_has_nothing_to_be_sent_past_the_database(self, office: Office, store: ShakyStore) -> None:
        store.away = True
        with pytest.raises(Exception, match="could not connect"):
            await office.take_in(text("42", danger_phrase("en"), channel="web"))
        assert office.transport.tried == []


class TestRestart:
    @BOTH_DATABASES
    async def test_what_was_not_answered_is_taken_up_again_in_its_order(
        self, office: Office, store: ShakyStore, title: Callable[[str], str]
    ) -> None:
        office.understanding.holds["find-a-job"] = asyncio.Event()
        await office.take_in(text("42", "find-a-job"), text("42", "find-a-flat"))
        await office.understanding.reached("find-a-job")
        await office.stop()  # as good as killed: the turn is cut off in the middle

        async with an_office(store) as next_one:
            knows(next_one, "find-a-job", "find-a-flat")
            assert await next_one.reception.resume() == 2
            await next_one.idle()
            assert titles(next_one, "42") == [title("find-a-job"), title("find-a-flat")]
            assert await next_one.reception.resume() == 0

    async def test_what_was_answered_but_not_delivered_is_delivered(self, office: Office, store: ShakyStore) -> None:
        office.transport.holds["42"] = asyncio.Event()
        await office.take_in(command("42", "help", "1"))
        await office.transport.until_tried("42")
        await office.stop()
        async with an_office(store) as next_one:
            assert await next_one.reception.resume() == 0
            assert await next_one.delivery.resume() == 1
            await next_one.idle()
            assert titles(next_one, "42") == [HELP]


class TestTheConversationChangesMeanwhile:
    @BOTH_DATABASES
    async def test_the_turn_is_taken_once_more_on_what_is_remembered_now(
        self, office: Office, store: ShakyStore
    ) -> None:
        await office.take_in(command("42", "menu", "1"))
        await office.idle()
        office.understanding.holds["hello"] = asyncio.Event()
        await office.take_in(text("42", "hello"))
        await office.understanding.reached("hello")
        async with store.begin() as transaction:  # another process is faster
            remembered = await transaction.conversations.read(CHANNEL, "42")
            await transaction.conversations.write(
                CHANNEL, "42", State("fr", chosen=True), remembered.version, office.clock()
            )
        office.understanding.holds["hello"].set()
        await office.idle()
        assert office.understanding.asked == ["hello", "hello"]
        french = office.turns._catalogues["fr"]("I do not know that. I do not want to guess.")
        assert titles(office, "42")[1:] == [french]

    @BOTH_DATABASES
    async def test_who_was_erased_meanwhile_is_answered_as_a_stranger(self, office: Office, store: ShakyStore) -> None:
        await office.take_in(Arrival(CHANNEL, "42", "1", "press", "language:fr"))
        await office.idle()
        office.understanding.holds["hello"] = asyncio.Event()
        await office.take_in(text("42", "hello"))
        await office.understanding.reached("hello")
        async with store.begin() as transaction:
            assert await transaction.erase(CHANNEL, "42") == 2, "the conversation, and the arrival that is answered"
        office.understanding.holds["hello"].set()
        await office.idle()
        assert titles(office, "42")[1:] == ["I do not know that. I do not want to guess."]

    @BOTH_DATABASES
    async def test_who_is_gone_for_good_is_not_brought_back_by_a_turn_that_was_under_way(
        self, office: Office, store: ShakyStore
    ) -> None:
        await office.take_in(command("42", "menu", "1"))
        await office.idle()
        office.understanding.holds["hello"] = asyncio.Event()
        await office.take_in(text("42", "hello"), text("42", "are you there?"))
        await office.understanding.reached("hello")
        async with store.begin() as transaction:
            await transaction.erase(CHANNEL, "42", unanswered=True)
        office.understanding.holds["hello"].set()
        await office.idle()
        assert len(office.transport.arrived["42"]) == 1
        async with store.begin() as transaction:
            left = await transaction.everything_of(CHANNEL, "42")
        assert (left["conversation"], left["arrivals"], left["messages"]) == (None, [], [])


class TestErasing:
    @BOTH_DATABASES
    async def test_everything_goes_and_only_the_last_sentence_stays_until_it_is_delivered(
        self, office: Office, store: ShakyStore
    ) -> None:
        await office.take_in(command("42", "privacy", "1"), Arrival(CHANNEL, "42", "2", "press", "language:en"))
        await office.idle()
        office.transport.holds["42"] = asyncio.Event()
        await office.take_in(Arrival(CHANNEL, "42", "3", "press", "erase-yes"))
        await office.reception.idle()
        async with store.begin() as transaction:
            left = await transaction.everything_of(CHANNEL, "42")
        assert (left["conversation"], left["arrivals"]) == (None, [])
        assert [message["text"][:22] for message in left["messages"]] == ["Everything is deleted."]
        office.transport.holds["42"].set()
        await office.idle()
        async with store.begin() as transaction:
            assert (await transaction.everything_of(CHANNEL, "42"))["messages"] == []


async def test_a_broken_promise_of_the_database_is_no_outage(
    office: Office, store: ShakyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that waiting does not cure counts as an attempt."""

    async def broken(*_: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("NOT NULL constraint failed"))

    monkeypatch.setattr(office.turns, "take", broken)
    await office.take_in(text("42", "hello"))
    await office.idle()
    assert office.transport.arrived["42"][0].startswith(SORRY)
    assert await attempts(office) == [3]
