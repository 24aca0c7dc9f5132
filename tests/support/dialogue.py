"""A chat with the dialogue core alone: no channel, no database, no model. A test reads as the chat it tells.

chat = Chat()
chat.starts("ar-SY")
chat.presses("language:ar")
chat.sees(Reply(Welcome(GUIDE.groups), "ar", in_place=True))
"""

from collections.abc import Sequence

from bot.conversation.actions import decode
from bot.conversation.caseworker import Caseworker
from bot.conversation.dialogue import advance
from bot.conversation.events import (
    Command,
    Commanded,
    DataErased,
    Event,
    PagesFound,
    PeopleFound,
    Pressed,
    Said,
    SentTooLong,
    SentUnreadable,
    Started,
    TurnFailed,
    Unreadable,
)
from bot.conversation.guide import Guide, TopicEntry
from bot.conversation.replies import Reply
from bot.conversation.requests import CountFeedback, EraseData, FindPeople, Request, Search
from bot.conversation.state import State
from bot.conversation.utterance import Decision, Guess, Utterance
from bot.i18n.languages import Language, Languages

# The languages of a small Lotse: the eight that it speaks, and some that it only understands.
LANGUAGES = Languages(
    [
        Language("de", "Deutsch"),
        Language("en", "English"),
        Language("ar", "العربية", "rtl"),
        Language("fa", "فارسی", "rtl"),
        Language("tr", "Türkçe"),
        Language("uk", "Українська"),
        Language("ru", "Русский"),
        Language("fr", "Français"),
        Language("ku", "Kurmancî", interface=False, answered_in=("tr", "ar"), notice="Ez bi {language} bersivê didim."),
        Language("ps", "پښتو", "rtl", interface=False, answered_in=("fa", "en"), notice="زه په {language} ځواب درکوم."),
        Language("ti", "ትግርኛ", interface=False, answered_in=("en", "ar"), notice="ብ{language} እምልስ።"),
    ]
)


def a_guide(*topics: TopicEntry, languages: Languages = LANGUAGES) -> Guide:
    """A guide to these topics, in this order."""
    return Guide({topic.id: topic for topic in topics}, languages)


# The topics of a small Lotse. There is no page on `broadcasting-fee` yet, although it is understood.
GUIDE = a_guide(
    TopicEntry("register-address", "arriving", ("find-my-town-hall", "broadcasting-fee", "residence-permit")),
    TopicEntry("find-my-town-hall", "arriving", ("register-address",)),
    TopicEntry("residence-permit", "residence-and-asylum"),
    TopicEntry("find-a-doctor", "health"),
    TopicEntry("kita-registration", "family-and-children"),
    TopicEntry("find-a-job", "work", ("transition-management",)),
    TopicEntry("transition-management", "work", ("find-a-job",)),
    TopicEntry("meeting-places-and-events", "volunteering-and-community"),
    TopicEntry("privacy-and-consent", "coordination-office"),
)

# As many rounds of requests and results as a turn allows.
MOST_ROUNDS = 4


def an_utterance(
    intent: str, decision: Decision = "answer", language: str | None = None, ranking: Sequence[str] = ()
) -> Utterance:
    """What was understood; ``ranking`` are the intents, best first, of an utterance that could mean several things."""
    guesses = tuple(Guess(id_, round(0.5 / place, 2)) for place, id_ in enumerate(ranking or (intent,), start=1))
    return Utterance(intent, guesses[0].confidence, decision, language, guesses)


class Chat:
    """A newcomer's chat. After each move ``shown`` holds what Lotse said to it."""

    def __init__(self, guide: Guide = GUIDE, state: State | None = None) -> None:
        self.guide = guide
        self.state = state or State()
        self.phone_languages: tuple[str, ...] = ()
        self.caseworkers: tuple[Caseworker, ...] = ()
        self.pages: tuple[str, ...] = ()
        self.shown: list[Reply] = []
        self.searched: list[Search] = []
        self.counted: list[CountFeedback] = []
        self.erased = 0

    # What the newcomer does

    def starts(self, *phone_languages: str) -> None:
        """Open the chat on a phone that speaks these languages."""
        self.phone_languages = phone_languages
        self.happens(Started(phone_languages))

    def says(
        self,
        text: str,
        *,
        intent: str,
        decision: Decision = "answer",
        language: str | None = None,
        ranking: Sequence[str] = (),
    ) -> None:
        """Write a text that is understood as told."""
        self.happens(Said(an_utterance(intent, decision, language, ranking), text, self.phone_languages))

    def presses(self, button: str) -> None:
        """Press the button that carries this text, of this version of Lotse or an older one."""
        self.happens(Pressed(decode(button), self.phone_languages))

    def commands(self, command: Command | None) -> None:
        """Type a command; None is one that does not exist."""
        self.happens(Commanded(command, self.phone_languages))

    def sends(self, kind: Unreadable) -> None:
        """Send something that is not text."""
        self.happens(SentUnreadable(kind, self.phone_languages))

    def sends_too_much(self, limit: int) -> None:
        """Write more than ``limit`` characters."""
        self.happens(SentTooLong(limit, self.phone_languages))

    def meets_trouble(self) -> None:
        """Be told of a message that could not be worked on."""
        self.happens(TurnFailed(self.phone_languages))

    # What happens around

    def finds(self, *pages: str) -> None:
        """From now on every search finds these pages."""
        self.pages = pages

    def happens(self, event: Event) -> None:
        """Anything at all; requests are answered until there are none."""
        self.shown = []
        events = [event]
        for _round in range(MOST_ROUNDS):
            results: list[Event] = []
            for happened in events:
                step = advance(self.state, happened, self.guide)
                self.state = step.state
                self.shown += step.replies
                results += [result for request in step.requests if (result := self._carry_out(request))]
            events = results
        assert not events, f"still not answered after {MOST_ROUNDS} rounds: {events}"

    # What the newcomer sees

    def sees(self, *replies: Reply) -> None:
        """Exactly this, as the answer to the last move."""
        assert self.shown == list(replies)

    def _carry_out(self, request: Request) -> Event | None:
        match request:
            case Search():
                self.searched.append(request)
                return PagesFound(self.pages, request.locale)
            case FindPeople():
                return PeopleFound(request.wish, request.locale, self.caseworkers)
            case EraseData():
                self.erased += 1
                return DataErased()
            case CountFeedback():
                self.counted.append(request)
                return None
