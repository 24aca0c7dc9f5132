"""The menu: the groups of topics, and the topics of a group."""

from bot.conversation.guide import Guide
from bot.conversation.replies import GroupMenu, Help, Menu, Reply
from bot.conversation.state import State
from bot.conversation.step import Step


def show(state: State, locale: str, guide: Guide, *, opening: str = "", in_place: bool = False) -> Step:
    """Show the groups."""
    return Step(state.at_rest(), (Reply(Menu(guide.groups, opening), locale, in_place),))


def show_group(state: State, locale: str, group: str, guide: Guide) -> Step:
    """Show the topics of a group; a group that no longer exists leads to the menu."""
    topics = guide.in_group(group)
    if not topics:
        return show(state, locale, guide, in_place=True)
    return Step(state.at_rest(), (Reply(GroupMenu(group, topics), locale, in_place=True),))


def show_help(state: State, locale: str) -> Step:
    """Say what Lotse can do."""
    return Step(state.at_rest(), (Reply(Help(), locale),))
