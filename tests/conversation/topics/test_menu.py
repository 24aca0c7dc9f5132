from bot.conversation.replies import GroupMenu, Help, Menu, Reply
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import menu
from tests.support.dialogue import GUIDE

BUSY = State("ru", topic="find-a-job", offered=("greet",), sought="x")
AT_REST = State("ru", topic="find-a-job")


def test_the_menu_holds_the_groups_and_closes_what_was_open() -> None:
    assert menu.show(BUSY, "ru", GUIDE) == Step(AT_REST, (Reply(Menu(GUIDE.groups), "ru"),))


def test_the_menu_can_open_with_a_greeting() -> None:
    assert menu.show(BUSY, "ru", GUIDE, opening="thank").replies == (Reply(Menu(GUIDE.groups, "thank"), "ru"),)


def test_a_group_shows_its_topics_in_the_place_of_the_menu() -> None:
    topics = ("register-address", "find-my-town-hall")

    step = menu.show_group(BUSY, "ru", "arriving", GUIDE)

    assert step == Step(AT_REST, (Reply(GroupMenu("arriving", topics), "ru", in_place=True),))


def test_a_group_that_no_longer_exists_leads_to_the_menu() -> None:
    step = menu.show_group(BUSY, "ru", "sailing", GUIDE)

    assert step == Step(AT_REST, (Reply(Menu(GUIDE.groups), "ru", in_place=True),))


def test_help_closes_what_was_open() -> None:
    assert menu.show_help(BUSY, "ru") == Step(AT_REST, (Reply(Help(), "ru"),))
