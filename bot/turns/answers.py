"""Carries out what the dialogue requests, and feeds the results back until it has no more requests."""

from collections.abc import Awaitable, Callable

from bot.conversation.caseworker import Caseworker
from bot.conversation.dialogue import advance
from bot.conversation.events import DataErased, Event, PagesFound, PeopleFound
from bot.conversation.guide import Guide
from bot.conversation.replies import Reply
from bot.conversation.requests import CountFeedback, EraseData, FindPeople, Request, Search
from bot.conversation.state import State
from bot.turns.ports import Search as SearchPort

People = Callable[[], Awaitable[tuple[Caseworker, ...]]]

# A dialogue that asks and asks is a bug; it must not hold the newcomer up for ever.
_MOST_ROUNDS = 4


class Answers:
    """The answers to one event: replies, the state after it, and what is to be written with it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.replies: list[Reply] = []
        self.counted: list[CountFeedback] = []
        self.erase = False

    async def work_out(self, event: Event, guide: Guide, search: SearchPort, people: People) -> None:
        """Advance the dialogue by the event and by the results of its requests."""
        events: list[Event] = [event]
        for _round in range(_MOST_ROUNDS):
            results: list[Event] = []
            for happened in events:
                step = advance(self.state, happened, guide)
                self.state = step.state
                self.replies.extend(step.replies)
                for request in step.requests:
                    result = await self._carry_out(request, search, people)
                    if result:
                        results.append(result)
            events = results
            if not events:
                return

    async def _carry_out(self, request: Request, search: SearchPort, people: People) -> Event | None:
        match request:
            case Search():
                return PagesFound(tuple(await search.find(request.text, request.locale)), request.locale)
            case FindPeople():
                return PeopleFound(request.wish, request.locale, await people())
            case EraseData():
                self.erase = True
                return DataErased()
            case CountFeedback():
                self.counted.append(request)
                return None
