import pytest

from bot.conversation.utterance import EMERGENCY, OUT_OF_SCOPE, Decision, Guess
from bot.understanding.decision import ANSWER, BEYOND, CLARIFY, DANGER, LINKED, decide

LITTLE = 0.001


def decided(likely: dict[str, float]) -> Decision:
    ranking = [Guess(intent, p) for intent, p in sorted(likely.items(), key=lambda item: -item[1])]
    return decide(ranking[:5], likely)


@pytest.mark.parametrize(
    ("likely", "decision"),
    [
        ({"kindergeld": 0.95, "wohngeld": 0.05}, "answer"),
        ({"kindergeld": ANSWER, "wohngeld": 1 - ANSWER}, "answer"),
        ({"kindergeld": ANSWER - LITTLE, "wohngeld": 0.4}, "clarify"),
        ({"kindergeld": CLARIFY, "wohngeld": 0.1}, "clarify"),
        ({"kindergeld": CLARIFY - LITTLE, "wohngeld": 0.1}, "unknown"),
        ({OUT_OF_SCOPE: 0.9, "kindergeld": 0.1}, "unknown"),
        ({OUT_OF_SCOPE: BEYOND, "kindergeld": 0.3}, "unknown"),
        ({OUT_OF_SCOPE: BEYOND - LITTLE, "kindergeld": 0.3}, "clarify"),
        ({EMERGENCY: 0.3, "kindergeld": 0.25}, "emergency"),
        ({"kindergeld": 0.8, EMERGENCY: DANGER}, "emergency"),
        ({"kindergeld": 0.8, EMERGENCY: DANGER - LITTLE}, "answer"),
        ({OUT_OF_SCOPE: 0.8, EMERGENCY: DANGER}, "emergency"),
    ],
)
def test_likelihoods_lead_to_a_decision(likely: dict[str, float], decision: Decision) -> None:
    assert decided(likely) == decision


def test_danger_counts_even_where_the_ranking_no_longer_shows_it() -> None:
    ranking = [Guess(f"topic-{number}", 0.2 - number * LITTLE) for number in range(5)]
    likely = {guess.intent: guess.confidence for guess in ranking} | {EMERGENCY: DANGER}
    assert decide(ranking, likely) == "emergency"


def test_the_least_likely_emergency_is_one_when_nothing_is_likelier() -> None:
    assert decided({EMERGENCY: 0.02, "kindergeld": 0.01}) == "emergency"


def test_intents_that_lead_to_each_other_are_sure_enough_together() -> None:
    group = {intent: 0.0 for linked in LINKED for intent in linked} | {"my_data": 0.35, "erase_my_data": 0.3}
    assert decided(group) == "answer"


def test_intents_that_are_not_linked_are_not_added_up() -> None:
    group = {intent: 0.0 for linked in LINKED for intent in linked} | {"my_data": 0.35, "find-a-job": 0.3}
    assert decided(group) == "clarify"
