from bot.conversation.guide import TopicEntry
from tests.support.dialogue import a_guide

GUIDE = a_guide(
    TopicEntry("find-a-doctor", "health", ("health-insurance", "not-yet-written")),
    TopicEntry("find-a-job", "work"),
    TopicEntry("health-insurance", "health"),
)


def test_the_menu_holds_each_group_once_in_the_order_of_its_first_topic() -> None:
    assert GUIDE.groups == ("health", "work")


def test_a_group_holds_its_topics_in_order() -> None:
    assert GUIDE.in_group("health") == ("find-a-doctor", "health-insurance")


def test_an_unknown_group_is_empty() -> None:
    assert GUIDE.in_group("housing") == ()


def test_only_related_topics_that_have_a_page_are_named() -> None:
    assert GUIDE.related("find-a-doctor") == ("health-insurance",)


def test_an_unknown_topic_has_no_relatives() -> None:
    assert GUIDE.related("not-yet-written") == ()
