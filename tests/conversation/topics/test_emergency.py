from bot.conversation.replies import EmergencyCard, Reply
from bot.conversation.state import State
from bot.conversation.topics import emergency


def test_the_card_never_takes_the_place_of_another_screen() -> None:
    assert emergency.show(State("fa"), "fa").replies == (Reply(EmergencyCard(), "fa", in_place=False),)


def test_danger_closes_what_was_open_but_the_answer_stays_in_mind() -> None:
    state = State("fa", topic="find-a-job", offered=("find-a-job",), sought="tax")

    assert emergency.show(state, "fa").state == State("fa", topic="find-a-job")
