"""One spelling for what people type in many: the text that the character n-grams and the danger words see.

The sentence vectors see the text as it was written: their model has read the spellings of the whole web.
"""

import re
import unicodedata

# Arabic, Persian, Pashto, Sorani: letters that look alike or stand for each other on foreign keyboards, without the
# marks that most people leave out.
_ARABIC = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیېۍئ", "ي"),
    **dict.fromkeys("ةۀەھ", "ه"),
    **dict.fromkeys("ؤۆ", "و"),
    **dict.fromkeys("ـ\u200d\u200e\u200f\u2066\u2067\u2068\u2069", ""),
    **dict(zip("کګټډړږڼ", "كگتدرژن", strict=True)),
    "\u200c": " ",
    "؟": "?",
    "،": ",",
}
_OTHER = {
    **dict.fromkeys("’ʼ`´", "'"),
    **dict(zip("ıøłđёґ", "ioldег", strict=True)),
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
_FOLDED = str.maketrans({**_ARABIC, **_OTHER})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_REPEATED = re.compile(r"(.)\1{2,}")
_NO_WORD = re.compile(r"[^\w'?]+")
_LATIN_LOOKALIKE = str.maketrans("aceopxyiACEOPXYI", "асеорхуіАСЕОРХУІ")
# The \b is for speed: without it, a word of 20,000 letters is looked at from each of its letters anew.
_MIXED_CYRILLIC = re.compile(r"\b(?=\w*[а-яєіїґ])(?=\w*[a-z])\w+")


def normalise(text: str) -> str:
    """Lower case, one form for each letter, no diacritics, no punctuation but ? and ', no letter three times."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_DIGITS)
    text = _MIXED_CYRILLIC.sub(lambda word: word.group().translate(_LATIN_LOOKALIKE), text)
    text = text.translate(_FOLDED)
    decomposed = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
    text = _REPEATED.sub(r"\1\1", text)
    return " ".join(_NO_WORD.sub(" ", text.replace("?", " ? ")).split())
