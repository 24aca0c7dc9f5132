from bot.channels.terminal.rendering import buttons, reply_text, with_numbers
from bot.conversation.actions import Action
from bot.library.text import Listing, Paragraph, Run
from bot.screens.screen import Button, Screen

JOB, HOME, MENU = (Button(label, Action("topic", label)) for label in ("job", "home", "menu"))
SCREEN = Screen(
    kind="answer",
    locale="en",
    direction="ltr",
    title="Work",
    blocks=(
        Paragraph((Run("Go to the "), Run("Jobcenter", bold=True), Run("."))),
        Listing(((Run("passport"),), (Run("letter"),))),
        Listing(((Run("first"),), (Run("then"),)), numbered=True),
    ),
    notes=(Paragraph((Run("Source: "), Run("Stadt Peine", link="https://www.peine.de"), Run(" · "))),),
    buttons=((JOB, HOME),),
    back=(MENU,),
)
BARE = Screen(kind="message", locale="en", direction="ltr", blocks=(Paragraph((Run("Call 112", link="tel:112"),)),))


def test_a_screen_is_plain_text() -> None:
    assert reply_text(SCREEN) == (
        "Work\n\n"
        "Go to the Jobcenter.\n\n"
        "• passport\n• letter\n\n"
        "1. first\n2. then\n\n"
        "Source: Stadt Peine (https://www.peine.de) · "
    )


def test_a_number_to_call_needs_no_address_beside_it() -> None:
    assert reply_text(BARE) == "Call 112"


def test_all_buttons_have_their_number_across_all_screens() -> None:
    text, numbered = with_numbers([SCREEN, BARE, SCREEN])
    assert "[1] job  [2] home  [3] menu" in text
    assert "[4] job  [5] home  [6] menu" in text
    assert numbered == [JOB, HOME, MENU] * 2
    assert buttons(SCREEN) == [JOB, HOME, MENU]


def test_a_screen_without_buttons_ends_with_its_text() -> None:
    text, numbered = with_numbers([BARE])
    assert text == "Call 112"
    assert numbered == []
