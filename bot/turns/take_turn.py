"""One turn: an arrival is answered. State, messages and the inbox mark are committed in one transaction."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.conversation.caseworker import Caseworker
from bot.conversation.events import Event, TurnFailed
from bot.conversation.replies import EmergencyCard, Reply
from bot.conversation.state import State
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.library.shelf import Shelf
from bot.screens.composer import Composer
from bot.store.arrivals import Arrival, Received
from bot.store.conversations import Remembered
from bot.store.outbox import Outgoing, Payload
from bot.store.store import Store
from bot.turns import reading
from bot.turns.answers import Answers
from bot.turns.ports import Clock, Danger, Renderer, Search, Understanding

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Conversations whose state is kept in memory between turns: most of a turn's time is the database's.
_MOST_RECENT = 2000
_UNDERSTANDING_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Speech:
    """What a channel needs for its messages: how they look, and whether the newcomer's browser fetches them."""

    renderer: Renderer
    fetched: bool = False


class TurnTaker:
    """Takes turns. It knows no channel: each brings its Speech."""

    def __init__(
        self,
        *,
        store: Store,
        shelf: Shelf,
        languages: Languages,
        catalogues: Catalogues,
        understanding: Understanding,
        danger: Danger,
        search: Search,
        speech: Mapping[str, Speech],
        clock: Clock,
        zone: tzinfo,
    ) -> None:
        self._zone = zone
        self._store = store
        self._shelf = shelf
        self._languages = languages
        self._catalogues = catalogues
        self._understanding = understanding
        self._danger = danger
        self._search = search
        self._speech = speech
        self._clock = clock
        self._recent: OrderedDict[tuple[str, str], Remembered] = OrderedDict()

    async def take(self, received: Received) -> list[Outgoing]:
        """Answer an arrival; the messages are in the outbox when this returns, and are returned to be sent at once.

        Empty if it was answered before, or asks for no answer. Raises what went wrong: nothing is written then.
        """
        arrival = received.arrival
        if arrival.kind in {"blocked", "unblocked"}:
            return await self._mark_blocked(received)
        remembered = await self._remembered(arrival)
        async with asyncio.timeout(_UNDERSTANDING_SECONDS):
            event = await reading.read(arrival, remembered.state.locale, self._understanding, self._danger)
        return await self._answer(received, event, remembered.state, remembered.version)

    async def set_aside(self, received: Received) -> list[Outgoing]:
        """Give an arrival up, and tell the newcomer."""
        arrival = received.arrival
        remembered = await self._remembered(arrival)
        event = TurnFailed(arrival.languages)
        return await self._answer(received, event, remembered.state, remembered.version, failed=True)

    def emergency_payloads(self, arrival: Arrival) -> list[Payload] | None:
        """The emergency card for an arrival that wants it, made without the database; None for all others."""
        language = reading.emergency(arrival, self._danger)
        if language is None:
            return None
        known = next((code for tag in (language, *arrival.languages) if (code := self._languages.known(tag))), None)
        reply = Reply(EmergencyCard(), self._languages.answer_language(known))
        return list(self._speech[arrival.channel].renderer.render([self._composer().screen(reply)], None))

    async def _answer(
        self, received: Received, event: Event | None, state: State, version: int, *, failed: bool = False
    ) -> list[Outgoing]:
        arrival = received.arrival
        answers = Answers(state)
        payloads: Sequence[Mapping[str, object]] = ()
        speech = self._speech[arrival.channel]
        if event is not None:
            await answers.work_out(event, self._shelf.library.guide, self._search, self._people)
            composer = self._composer()
            screens = [composer.screen(reply) for reply in answers.replies]
            payloads = speech.renderer.render(screens, arrival.screen)
        now = self._clock()
        async with self._store.begin() as transaction:
            if not await transaction.inbox.finish(received.id, failed=failed):
                return []
            if answers.erase:
                await transaction.erase(arrival.channel, arrival.chat)
            else:
                await transaction.conversations.write(arrival.channel, arrival.chat, answers.state, version, now)
            for count in answers.counted:
                await transaction.feedback.count(
                    count.topic, count.locale, now.astimezone(self._zone).date(), helped=count.helped
                )
            messages = await transaction.outbox.add(
                arrival.channel, arrival.chat, payloads, now, fetched=speech.fetched
            )
        if not answers.erase:
            self._remember(arrival, Remembered(answers.state, version + 1))
        return messages

    async def _remembered(self, arrival: Arrival) -> Remembered:
        """What is remembered of the conversation: from memory if its last turn was ours, else from the store.

        Memory may be outdated, if somebody erased the conversation meanwhile: then writing fails as ConversationMoved.
        So it is taken out here, and put back only by a turn that was written.
        """
        known = self._recent.pop((arrival.channel, arrival.chat), None)
        if known:
            return known
        async with self._store.begin() as transaction:
            return await transaction.conversations.read(arrival.channel, arrival.chat)

    def _remember(self, arrival: Arrival, remembered: Remembered) -> None:
        self._recent[arrival.channel, arrival.chat] = remembered
        while len(self._recent) > _MOST_RECENT:
            self._recent.popitem(last=False)

    async def _people(self) -> tuple[Caseworker, ...]:
        async with self._store.begin() as transaction:
            return await transaction.caseworkers.sample()

    async def _mark_blocked(self, received: Received) -> list[Outgoing]:
        arrival = received.arrival
        async with self._store.begin() as transaction:
            await transaction.conversations.block(arrival.channel, arrival.chat, blocked=arrival.kind == "blocked")
            await transaction.inbox.finish(received.id)
        return []

    def _composer(self) -> Composer:
        return Composer(self._shelf.library, self._languages, self._catalogues)
