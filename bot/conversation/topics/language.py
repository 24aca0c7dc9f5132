"""Which language to speak: chosen by button, taken from the phone, or read off what the newcomer writes."""

from dataclasses import replace

from bot.conversation.guide import Guide
from bot.conversation.replies import LanguageChoice, LanguageNotice, Reply, Welcome
from bot.conversation.state import State
from bot.conversation.step import Step


def speaking(state: State, phone_languages: tuple[str, ...], guide: Guide) -> str:
    """The interface language to speak: the newcomer's, else the first of the phone's that Lotse knows."""
    if state.locale in guide.languages.interface:
        return str(state.locale)
    known = next((code for tag in phone_languages if (code := guide.languages.known(tag))), None)
    return guide.languages.answer_language(known)


def offer(state: State, phone_languages: tuple[str, ...], guide: Guide, *, in_place: bool = False) -> Step:
    """Offer all languages: the one spoken now first, then those of the phone."""
    now = speaking(state, phone_languages, guide)
    languages = guide.languages.offered((now, *phone_languages))
    return Step(state, (Reply(LanguageChoice(languages), now, in_place),))


def choose(state: State, code: str, guide: Guide) -> Step:
    """Speak this language from now on; a language without interface is answered as far as Lotse can."""
    known = guide.languages.known(code)
    if known is None:
        return offer(state, (), guide, in_place=True)
    locale = guide.languages.answer_language(known, state.locale)
    chosen = replace(state.at_rest(), locale=locale, chosen=True)
    return Step(chosen, (Reply(Welcome(guide.groups), locale, in_place=not state.rating),))


def notice(state: State, written: str | None, locale: str, guide: Guide) -> tuple[State, tuple[Reply, ...]]:
    """Say once that Lotse understands the language of the message but answers in another one."""
    if written is None or written in guide.languages.interface or written == state.noticed:
        return state, ()
    return replace(state, noticed=written), (Reply(LanguageNotice(written), locale),)
