"""A question in the newcomer's own words."""

from dataclasses import replace

from bot.conversation.events import Said
from bot.conversation.guide import Guide
from bot.conversation.replies import DidYouMean, NoAnswer, OutOfScope, Reply
from bot.conversation.requests import Search
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import answer, emergency, language, menu, people, privacy
from bot.conversation.utterance import ACTS, OUT_OF_SCOPE

_OFFERED = 3


def said(state: State, event: Said, guide: Guide) -> Step:
    """Do what the utterance's decision says, in the language that it was written in."""
    utterance = event.utterance
    written = guide.languages.known(utterance.language)
    if written:
        locale = guide.languages.answer_language(written, state.locale)
    else:
        locale = language.speaking(state, event.phone_languages, guide)
    if state.locale is None:
        state = replace(state, locale=locale)
    if utterance.decision == "emergency":
        return emergency.show(state, locale)
    if not state.chosen:
        state = replace(state, locale=locale)
    state, notices = language.notice(state, written, locale, guide)
    step = _decide(state, event, locale, guide)
    return replace(step, replies=notices + step.replies)


def _decide(state: State, event: Said, locale: str, guide: Guide) -> Step:
    utterance = event.utterance
    match utterance.decision:
        case "answer":
            return meant(state, utterance.intent, locale, guide, text=event.text)
        case "clarify":
            ranked = (guess.intent for guess in utterance.ranking)
            offered = tuple(intent for intent in ranked if _can_be_offered(intent, guide))[:_OFFERED]
            if offered:
                return Step(replace(state.at_rest(), offered=offered), (Reply(DidYouMean(offered), locale),))
        case _ if utterance.intent == OUT_OF_SCOPE:
            return Step(state.at_rest(), (Reply(OutOfScope(guide.groups), locale),))
    return Step(state.at_rest(), (), (Search(event.text, locale),))


def _can_be_offered(intent: str, guide: Guide) -> bool:
    """Whether there is anything behind the intent: a page, or an act other than to say that it is out of scope."""
    return intent in guide.topics or (intent in ACTS and intent != OUT_OF_SCOPE)


def meant(state: State, intent: str, locale: str, guide: Guide, *, text: str = "") -> Step:
    """Answer an intent: a topic gives its page, an act is done."""
    if intent not in ACTS:
        return answer.give(state, intent, locale, guide, text=text)
    match intent:
        case "emergency":
            return emergency.show(state, locale)
        case "greet" | "thank" | "goodbye":
            return menu.show(state, locale, guide, opening=intent)
        case "change_language":
            return language.offer(state, (locale,), guide)
        case "affirm":
            return _yes(state, locale, guide)
        case "deny":
            return _no(state, locale, guide)
        case "my_data":
            return privacy.show(state, locale, guide)
        case "erase_my_data":
            return privacy.ask_to_erase(state, locale)
        case "ask_events":
            return answer.give(state, "meeting-places-and-events", locale, guide, text=text)
        case "start_profile":
            return answer.give(state, "transition-management", locale, guide, text=text)
        case "out_of_scope":
            return Step(state.at_rest(), (Reply(OutOfScope(guide.groups), locale),))
        case "help":
            return menu.show_help(state, locale)
        case _:
            return people.show(state, locale, wish=intent)


def neither(state: State, locale: str) -> Step:
    """None of what was offered was meant."""
    return Step(state.at_rest(), (Reply(NoAnswer(), locale, in_place=True),))


def _yes(state: State, locale: str, guide: Guide) -> Step:
    if state.erasing:
        return privacy.erase(replace(state, locale=locale))
    if state.offered:
        return meant(state.at_rest(), state.offered[0], locale, guide)
    if state.rating and state.topic:
        return answer.rate(state, state.topic, locale, guide, helped=True)
    return menu.show(state, locale, guide)


def _no(state: State, locale: str, guide: Guide) -> Step:
    if state.erasing:
        return menu.show(state, locale, guide)
    if state.offered:
        return neither(state, locale)
    if state.rating and state.topic:
        return answer.rate(state, state.topic, locale, guide, helped=False)
    return menu.show(state, locale, guide)
