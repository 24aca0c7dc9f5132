from bot.conversation.caseworker import Caseworker
from bot.conversation.events import PeopleFound
from bot.conversation.replies import People, Reply
from bot.conversation.requests import FindPeople
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.topics import people


def test_a_wish_for_a_person_is_looked_into_before_it_is_answered() -> None:
    step = people.show(State("ar", offered=("greet",), sought="x"), "ar", wish="request_interpreter")

    assert step == Step(State("ar"), (), (FindPeople("request_interpreter", "ar"),))


def test_the_people_who_were_found_are_named() -> None:
    sample = (Caseworker("Maryam Example", ("fa", "de")),)

    step = people.found(State("ar"), PeopleFound("talk_to_human", "fa", sample))

    assert step == Step(State("ar"), (Reply(People("talk_to_human", sample), "fa"),))
