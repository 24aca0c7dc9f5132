"""The dialogue core: one pure function that moves a conversation on by one event."""

from dataclasses import replace
from typing import assert_never

from bot.conversation.actions import Action
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
)
from bot.conversation.guide import Guide
from bot.conversation.replies import CannotRead, OldButton, Reply, TooLong, Trouble
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import answer, ask, emergency, language, menu, people, privacy


def advance(state: State, event: Event, guide: Guide) -> Step:
    """The state after the event, with what to say and what to have done. Never raises, never looks outside."""
    match event:
        case Started():
            return language.offer(state.at_rest(), event.phone_languages, guide)
        case Said():
            return ask.said(state, event, guide)
        case Pressed():
            locale = language.speaking(state, event.phone_languages, guide)
            if event.action is None:
                return Step(state, (Reply(OldButton(guide.groups), locale),))
            return _pressed(state, event.action, locale, guide)
        case Commanded():
            locale = language.speaking(state, event.phone_languages, guide)
            return _commanded(state, event.command, locale, guide)
        case SentUnreadable():
            locale = language.speaking(state, event.phone_languages, guide)
            return Step(state, (Reply(CannotRead(event.kind), locale),))
        case SentTooLong():
            locale = language.speaking(state, event.phone_languages, guide)
            return Step(state, (Reply(TooLong(event.limit), locale),))
        case PagesFound():
            return answer.found(state, event.topics, event.locale)
        case PeopleFound():
            return people.found(state, event)
        case DataErased():
            return privacy.erased(language.speaking(state, (), guide))
        case TurnFailed():
            return Step(state, (Reply(Trouble(), language.speaking(state, event.phone_languages, guide)),))
        case _:
            assert_never(event)


def _pressed(state: State, action: Action, locale: str, guide: Guide) -> Step:
    match action.kind:
        case "menu":
            return menu.show(state, locale, guide, in_place=action.about != "below")
        case "group":
            return menu.show_group(state, locale, action.about, guide)
        case "topic":
            return answer.give(state, action.about, locale, guide)
        case "intent":
            return ask.meant(state, action.about, locale, guide)
        case "neither":
            return ask.neither(state, locale)
        case "language":
            return language.choose(state, action.about, guide)
        case "languages":
            return language.offer(state, (), guide, in_place=True)
        case "emergency":
            return emergency.show(state, locale)
        case "person":
            return people.show(state, locale)
        case "useful":
            return answer.rate(state, action.about, locale, guide, helped=True)
        case "useless":
            return answer.rate(state, action.about, locale, guide, helped=False)
        case "privacy":
            return privacy.show(state, locale, guide)
        case "erase":
            return privacy.ask_to_erase(state, locale, in_place=True)
        case "erase-yes":
            return privacy.erase(replace(state, locale=locale))
        case "help":
            return menu.show_help(state, locale)
        case _:
            assert_never(action.kind)


def _commanded(state: State, command: Command | None, locale: str, guide: Guide) -> Step:
    match command:
        case "language":
            return language.offer(state, (), guide)
        case "menu":
            return menu.show(state, locale, guide)
        case "privacy":
            return privacy.show(state, locale, guide)
        case "emergency":
            return emergency.show(state, locale)
        case "person":
            return people.show(state, locale)
        case "help" | None:
            return menu.show_help(state, locale)
        case _:
            assert_never(command)
