import pytest

from bot.conversation.actions import Action, decode


def test_a_button_carries_its_kind_and_what_it_is_about() -> None:
    assert Action("topic", "register-address").encode() == "topic:register-address"
    assert Action("menu").encode() == "menu"


def test_a_button_text_is_read_back() -> None:
    assert decode("topic:register-address") == Action("topic", "register-address")
    assert decode("erase-yes") == Action("erase-yes")


def test_what_a_button_is_about_may_hold_a_colon() -> None:
    assert decode("intent:a:b") == Action("intent", "a:b")


def test_a_button_of_another_version_means_nothing() -> None:
    assert decode("book:2024-05-01") is None
    assert decode("") is None
    assert decode("Menu") is None


def test_telegram_takes_64_bytes_and_not_one_more() -> None:
    fits = Action("group", "ü" * 29)

    assert len(fits.encode().encode()) == 64
    assert decode(fits.encode()) == fits
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        Action("group", "ü" * 29 + "a").encode()


def test_a_text_that_no_button_of_ours_can_carry_means_nothing() -> None:
    assert decode("topic:" + "a" * 59) is None


def test_a_text_that_is_no_unicode_is_read_all_the_same() -> None:
    assert decode("topic:\ud800") == Action("topic", "\ud800")
