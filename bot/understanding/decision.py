"""From likelihoods to what the bot does.

The numbers were chosen on the development questions; ``docs/understanding.md`` shows how.
"""

from collections.abc import Mapping, Sequence

from bot.conversation.utterance import EMERGENCY, OUT_OF_SCOPE, Decision, Guess

# Softmax sharpness that makes a confidence of 0.8 right in 8 cases of 10.
SHARPNESS = 6.0
# From this likelihood on danger is assumed, whatever else is likelier.
DANGER = 0.25
# From this likelihood on an intent is answered, and from the lower one on it is offered.
ANSWER = 0.55
CLARIFY = 0.15
# From this likelihood on a message is said to be out of scope; below it the page that may be meant is offered.
BEYOND = 0.35

# Intents that a message alone often cannot tell apart: the answer to each leads to the other in one tap, so together
# they are sure enough where each alone is not.
LINKED: Sequence[frozenset[str]] = (
    frozenset({"ask_events", "meeting-places-and-events"}),
    frozenset({"start_profile", "find-a-job", "transition-management"}),
    frozenset({"my_data", "erase_my_data", "privacy-and-consent"}),
    frozenset({"about-the-office", "help"}),
    frozenset({"migration-advice", "talk_to_human", "book_appointment"}),
    frozenset({"healthcare-asylum-seekers", "find-a-doctor"}),
)


def decide(ranking: Sequence[Guess], likely: Mapping[str, float]) -> Decision:
    """What to do about a ranking, best first. ``likely`` holds the likelihood of every intent."""
    best = ranking[0]
    if best.intent == EMERGENCY or likely.get(EMERGENCY, 0.0) >= DANGER:
        return "emergency"
    if best.intent == OUT_OF_SCOPE:
        return "unknown" if best.confidence >= BEYOND else "clarify"
    together = max((sum(likely[i] for i in group) for group in LINKED if best.intent in group), default=0.0)
    if max(best.confidence, together) >= ANSWER:
        return "answer"
    return "clarify" if best.confidence >= CLARIFY else "unknown"
