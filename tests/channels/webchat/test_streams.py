import asyncio

from bot.channels.webchat.streams import Streams
from bot.store.outbox import Outgoing


def message(chat: str, channel: str = "web") -> Outgoing:
    return Outgoing(1, channel, chat, {})


def test_who_begins_to_listen_looks_at_once_for_what_came_before() -> None:
    with Streams().listen("a") as bell:
        assert bell.is_set()


async def test_every_browser_of_a_chat_is_woken_and_no_other() -> None:
    streams = Streams()
    with streams.listen("a") as one, streams.listen("a") as other, streams.listen("b") as stranger:
        for bell in (one, other, stranger):
            bell.clear()
        streams.wake([message("a")])
        await asyncio.wait_for(one.wait(), 1)
        assert other.is_set()
        assert not stranger.is_set()


def test_messages_of_other_channels_wake_nobody() -> None:
    streams = Streams()
    with streams.listen("42") as bell:
        bell.clear()
        streams.wake([message("42", channel="telegram")])
        assert not bell.is_set()


def test_who_has_left_is_not_kept_in_mind() -> None:
    streams = Streams()
    with streams.listen("a"):
        with streams.listen("a"):
            pass
        assert len(streams._listening["a"]) == 1
    assert not streams._listening
    streams.wake([message("a")])  # nobody is there, and that is no error
