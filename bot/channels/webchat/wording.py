"""The few words of the page itself, in every interface language."""

from bot.i18n.catalogues import Catalogues, Phrases
from bot.i18n.languages import Languages


def words(phrases: Phrases) -> dict[str, str]:
    """What stands around the conversation, in one language."""
    _ = phrases
    return {
        "title": _("Lotse – your guide in the district of Peine"),
        "subtitle": _("Questions and answers in your language"),
        "conversation": _("Conversation"),
        "question": _("Your question"),
        "placeholder": _("Write your question …"),
        "send": _("Send"),
        "you": _("You"),
        "lotse": _("Lotse"),
        "thinking": _("Lotse is looking …"),
        "offline": _("No connection. Your message is kept and sent as soon as possible."),
        "refused": _("This message could not be sent. Please try again."),
        "emergency": _("🆘 Emergency"),
        "end": _("End and delete"),
        "end_question": _("End the conversation and delete everything?"),
        "ended": _("Everything is deleted. Reload the page to start again."),
        "leave": _("Leave this page quickly"),
        "noscript": _("The chat needs JavaScript. The emergency numbers work without it:"),
        "back_to_chat": _("Back to the chat"),
    }


def all_words(languages: Languages, catalogues: Catalogues) -> dict[str, dict[str, str]]:
    """The words in all interface languages, with the direction of each."""
    return {code: {**words(catalogues[code]), "dir": languages[code].direction} for code in languages.interface}
