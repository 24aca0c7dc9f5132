"""Text of the other direction inside right-to-left text: Unicode isolates (UAX #9).

Without them a Latin name, a phone number or a web address drags the punctuation around it to the wrong side, and the
groups of a phone number change places.
"""

import re

from bot.i18n.languages import Direction

LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"

# A run of Latin, Cyrillic or Greek words and grouped numbers, with the signs that hold such a run together: "Rathaus",
# "0551 19240", "§ 24 AufenthG", "www.peine.de". A lone number is left alone: the bidirectional algorithm sets it right.
_LETTER = r"A-Za-zÀ-ɏͰ-ӿ"
_RUN = re.compile(
    rf"(?:[+§]\s?)?(?:[{_LETTER}][{_LETTER}0-9]*|[0-9]+(?![0-9])(?=[ .,:/\-–]?[0-9{_LETTER}]))"
    rf"(?:[ .,:;/@&+'’_\-–§#?=%]*[{_LETTER}0-9§]+)*"
    r"|§\s?[0-9]+[a-z]?"
)


def isolate(text: str, direction: Direction) -> str:
    """Set every left-to-right run of a right-to-left text in isolates; left-to-right text stays as it is."""
    if direction == "ltr":
        return text
    return _RUN.sub(lambda run: f"{LEFT_TO_RIGHT_ISOLATE}{run.group()}{POP_ISOLATE}", text)
