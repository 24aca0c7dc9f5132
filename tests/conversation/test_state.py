import json

from bot.conversation.state import State


def test_a_stranger_is_a_state_of_nothing() -> None:
    assert State() == State(locale=None, chosen=False, topic=None, offered=(), sought=None, noticed=None)


def test_a_state_survives_json() -> None:
    state = State("fa", chosen=True, topic="find-a-doctor", offered=("greet", "find-a-job"), sought="x", noticed="ps")

    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_what_a_newer_lotse_stored_is_dropped() -> None:
    assert State.from_json({"locale": "uk", "appointment": "2026-11-22T09:00"}) == State("uk")


def test_what_an_older_lotse_did_not_store_yet_is_empty() -> None:
    assert State.from_json({"locale": "uk", "offered": ["greet"]}) == State("uk", offered=("greet",))
