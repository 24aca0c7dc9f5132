"""Danger words: phrases that mean danger to life right now, a file a language under ``nlu_data/danger/``.

They need neither model nor database. They are precise rather than complete: what they miss is left to the `emergency`
intent, what they find is never discussed.
"""

from pathlib import Path

from bot.texts.normalise import normalise


class DangerWords:
    """Hears danger in a text."""

    def __init__(self, phrases: dict[str, str]) -> None:
        """``phrases``: phrase → language."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, language in phrases.items():
            words = tuple(normalise(phrase).split())
            if words:
                self._phrases.setdefault(words[0], []).append((words, language))

    def heard(self, text: str) -> str | None:
        """The language of the danger words in the text, or None if there are none.

        A phrase counts only as whole words. A text with a question mark is left to the understanding: "which number do
        I call if the house is on fire?" asks for information.
        """
        words = normalise(text[:20_000]).split()
        if "?" in words:
            return None
        for start, first in enumerate(words):
            for phrase, language in self._phrases.get(first, ()):
                if tuple(words[start : start + len(phrase)]) == phrase:
                    return language
        return None


def read_danger_words(folder: Path) -> DangerWords:
    """Read all files ``<language>.txt``: one phrase a line, ``#`` begins a comment."""
    phrases: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            phrase = line.partition("#")[0].strip()
            if phrase:
                phrases.setdefault(phrase, path.stem)
    return DangerWords(phrases)
