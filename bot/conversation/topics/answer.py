"""The answer to a topic, whether it helped, and what to say where there is none."""

from dataclasses import replace

from bot.conversation.guide import Guide
from bot.conversation.replies import NoAnswer, NotYetWritten, Rated, Reply, TopicAnswer
from bot.conversation.requests import CountFeedback, Search
from bot.conversation.state import State
from bot.conversation.step import Step


def give(state: State, topic: str, locale: str, guide: Guide, *, text: str = "") -> Step:
    """Answer the topic, in a language that may differ from the one chosen: then offer to stay in it.

    A topic without a page is answered honestly, with the pages that a search finds for ``text``.
    """
    if topic not in guide.topics:
        sought = replace(state.at_rest(), sought=topic, topic=None)
        if text:
            return Step(sought, (), (Search(text, locale),))
        return found(sought, (), locale)
    offer = locale if state.chosen and locale != state.locale else None
    answered = replace(state.at_rest(), topic=topic, rating=True)
    return Step(answered, (Reply(TopicAnswer(topic, guide.related(topic), offer), locale),))


def found(state: State, topics: tuple[str, ...], locale: str) -> Step:
    """Say what the search found, or that it found nothing."""
    meaning = NotYetWritten(state.sought, topics) if state.sought else NoAnswer(topics)
    return Step(state.at_rest(), (Reply(meaning, locale),))


def rate(state: State, topic: str, locale: str, guide: Guide, *, helped: bool) -> Step:
    """Count the newcomer's yes or no. A topic that no longer exists is thanked for, but not counted."""
    counted = (CountFeedback(topic, locale, helped),) if topic in guide.topics else ()
    return Step(state.at_rest(), (Reply(Rated(helped), locale),), counted)
