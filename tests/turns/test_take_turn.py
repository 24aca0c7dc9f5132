import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.store.arrivals import Arrival, Received
from bot.store.outbox import Outbox
from bot.store.tables import feedback
from bot.turns import take_turn
from tests.support.service import danger_phrase
from tests.support.turns import CHANNEL, Office, ShakyStore, text


async def received(office: Office, arrival: Arrival) -> Received:
    """The arrival, kept in the inbox and not taken up by anybody."""
    async with office.store.begin() as transaction:
        (one,) = await transaction.inbox.add([arrival], office.clock())
        return one


def press(content: str, chat: str = "42", *, channel: str = CHANNEL) -> Arrival:
    return Arrival(channel, chat, f"{chat} {content}", "press", content, ("en",))


async def test_what_a_turn_returns_is_in_the_outbox(office: Office) -> None:
    messages = await office.turns.take(await received(office, press("menu")))
    async with office.store.begin() as transaction:
        assert await transaction.outbox.pending() == messages
        assert await transaction.inbox.pending() == []
    assert [message.chat for message in messages] == ["42"]


async def test_a_turn_is_taken_once(office: Office) -> None:
    one = await received(office, press("menu"))
    assert len(await office.turns.take(one)) == 1
    assert await office.turns.take(one) == []
    assert await office.turns.set_aside(one) == []


async def test_state_messages_and_inbox_mark_hold_together(
    office: Office, store: ShakyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks_last(*_: object, **__: object) -> None:
        raise RuntimeError("the last step of the transaction")

    one = await received(office, press("useful:find-a-job"))
    with monkeypatch.context() as trouble:
        trouble.setattr(Outbox, "add", breaks_last)
        with pytest.raises(RuntimeError):
            await office.turns.take(one)
    async with store.begin() as transaction:
        assert [waiting.id for waiting in await transaction.inbox.pending()] == [one.id]
        assert await transaction.conversations.export(CHANNEL, "42") is None
    async with store.engine.begin() as connection:
        assert (await connection.execute(select(feedback))).all() == []


async def test_a_browser_finds_its_messages_kept(office: Office) -> None:
    messages = await office.turns.take(await received(office, press("menu", channel="web")))
    async with office.store.begin() as transaction:
        assert await transaction.outbox.pending() == []
        assert await transaction.outbox.after("web", "42", 0) == messages


async def test_feedback_is_counted_for_the_day_in_germany(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight in Peine
    await office.turns.take(await received(office, press("useless:find-a-job")))
    async with office.store.engine.begin() as connection:
        (row,) = (await connection.execute(select(feedback))).all()
    assert tuple(row) == ("find-a-job", "en", date(2026, 11, 23), 0, 1)


async def test_an_understanding_that_never_answers_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dreamer:
        async def understand(self, text: str, locale: str | None) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr(take_turn, "_UNDERSTANDING_SECONDS", 0.01)
    monkeypatch.setattr(office.turns, "_understanding", Dreamer())
    with pytest.raises(TimeoutError):
        await office.turns.take(await received(office, text("42", "hello")))


async def test_blocking_is_noted_and_needs_no_answer(office: Office) -> None:
    await office.turns.take(await received(office, press("menu")))
    for kind, expected in (("blocked", True), ("unblocked", False)):
        arrival = Arrival(CHANNEL, "42", kind, kind)  # type: ignore[arg-type]  # both are kinds
        assert await office.turns.take(await received(office, arrival)) == []
        async with office.store.begin() as transaction:
            kept = await transaction.conversations.export(CHANNEL, "42")
            assert kept
            assert kept["blocked"] is expected
    async with office.store.begin() as transaction:
        assert await transaction.inbox.pending() == []


async def test_the_sample_office_shows_up_where_there_is_one(office: Office) -> None:
    (message,) = await office.turns.take(await received(office, press("person")))
    assert "Beispiel" not in message.payload["text"]
    async with office.store.begin() as transaction:
        await transaction.conversations.erase(CHANNEL, "42")
        assert await transaction.caseworkers.fill_with_sample()
    (message,) = await office.turns.take(await received(office, press("person", chat="43")))
    assert "Sample office: these people do not exist" in message.payload["text"]
    assert "Amal Beispiel" in message.payload["text"]


class TestTheEmergencyCardWithoutTheDatabase:
    @pytest.mark.parametrize(
        ("arrival", "locale"),
        [
            (text("42", danger_phrase("fa"), language="de"), "fa"),  # what is shouted counts more than the phone
            (press("emergency"), "en"),
            (Arrival(CHANNEL, "42", "k", "press", "emergency", ("xx", "ru-RU")), "ru"),
            (Arrival(CHANNEL, "42", "k", "command", "emergency", ("kmr",)), "tr"),
            (Arrival(CHANNEL, "42", "k", "command", "emergency"), "en"),
        ],
    )
    def test_it_is_in_the_best_known_language(self, office: Office, arrival: Arrival, locale: str) -> None:
        payloads = office.turns.emergency_payloads(arrival)
        assert payloads
        assert payloads[0]["text"].startswith(f"🆘 {office.turns._shelf.library.card(locale).title}\n")

    @pytest.mark.parametrize("arrival", [text("42", "good morning"), press("menu")])
    def test_nobody_else_gets_it(self, office: Office, arrival: Arrival) -> None:
        assert office.turns.emergency_payloads(arrival) is None
