"""Which language a message is written in: the script first, then letters that only one language has, then n-grams.

What the newcomer chose counts as well: a message of two words is in that language unless it clearly is not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.understanding.classifier import Model, probabilities

_SCRIPTS = {
    "ARABIC": ("ar", "fa", "ps", "ku"),
    "CYRILLIC": ("uk", "ru"),
    "ETHIOPIC": ("ti",),
    "LATIN": ("de", "en", "fr", "tr", "pl", "ro", "sq", "ku", "so", "ar", "fa", "ps", "ru", "uk", "ti"),
}
# Letters that, among the languages of their script, only these use.
_TELLING = {
    "ARABIC": ((frozenset("ټډړږښڼېۍځڅ"), ("ps",)), (frozenset("پچژگ"), ("fa", "ps", "ku"))),
    "CYRILLIC": ((frozenset("іїєґ"), ("uk",)), (frozenset("ыэъё"), ("ru",))),
    "LATIN": (
        (frozenset("ąęłńśźż"), ("pl",)),
        (frozenset("ășțţ"), ("ro",)),
        (frozenset("ğı"), ("tr", "ku")),
        (frozenset("ß"), ("de",)),
    ),
}
_SHARPNESS = 6.0
# How much likelier the chosen language is than any other before a word is read; a long message outweighs it.
_PRIOR = 6.0
_SURE, _SURE_ALONE = 0.5, 0.3
_LETTERS = re.compile(r"[^\W\d_]")


def identify(text: str, chosen: str | None, model: Model) -> str | None:
    """The BCP 47 code of the language, or None where it cannot be said, or is none that Lotse knows.

    ``chosen`` is the language that the newcomer speaks with Lotse, None if that is not known yet.
    """
    letters = _LETTERS.findall(unicodedata.normalize("NFC", text).lower())
    if not letters:
        return None
    script = _script(letters)
    candidates = _candidates(script, letters)
    if not candidates:
        return None
    if len(candidates) == 1:
        return candidates[0]
    return _likeliest(text, chosen, candidates, model)


def _script(letters: Iterable[str]) -> str:
    """The script of most letters; Latin counts half, for German office words stand in messages of all scripts."""
    counts: Counter[str] = Counter()
    for letter in letters:
        name = unicodedata.name(letter, "").partition(" ")[0]
        counts[name] += 1 if name == "LATIN" else 2
    return counts.most_common(1)[0][0]


def _candidates(script: str, letters: list[str]) -> tuple[str, ...]:
    languages = _SCRIPTS.get(script, ())
    found = set(letters)
    for telling, owners in _TELLING.get(script, ()):
        if telling & found:
            return tuple(language for language in languages if language in owners)
    return languages


def _likeliest(text: str, chosen: str | None, candidates: tuple[str, ...], model: Model) -> str | None:
    likely = probabilities(model.language_scores(text), _SHARPNESS)
    weights = {
        language: float(p) for language, p in zip(model.languages, likely, strict=True) if language in candidates
    }
    if chosen in weights:
        weights[chosen] *= _PRIOR
    total = sum(weights.values())
    best = max(weights, key=lambda language: weights[language])
    if weights[best] >= total * (_SURE if chosen else _SURE_ALONE):
        return best
    return chosen if chosen in weights else None
