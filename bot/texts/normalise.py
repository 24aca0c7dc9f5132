"""One spelling for what people type in many: the text that the character n-grams and the danger words see.

The sentence vectors see the text as it was written: their model has read the spellings of the whole web.
"""

import re
import unicodedata

# Arabic, Persian, Pashto, Sorani: letters that look alike or stand for each other on foreign keyboards, without the
# marks that most people leave out.
_ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ك": "ك", "ک": "ك",
    "ګ": "گ", "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ؤ": "و", "ۆ": "و", "ټ": "ت", "ډ": "د", "ړ": "ر", "ږ": "ژ",
    "ڼ": "ن", "ـ": "", "\u200c": " ", "\u200d": "", "\u200e": "", "\u200f": "", "\u2066": "", "\u2067": "", "\u2068": "",
    "\u2069": "", "؟": "?", "،": ",",
}  # fmt: skip
_OTHER = {"ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ё": "е", "ґ": "г", "’": "'", "ʼ": "'", "`": "'", "´": "'"}  # fmt: skip
_FOLDED = str.maketrans({**_ARABIC, **_OTHER})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_REPEATED = re.compile(r"(.)\1{2,}")
_NO_WORD = re.compile(r"[^\w'?]+")
_LATIN_LOOKALIKE = str.maketrans("aceopxyiACEOPXYI", "асеорхуіАСЕОРХУІ")
_MIXED_CYRILLIC = re.compile(r"(?=\w*[а-яєіїґ])(?=\w*[a-z])\w+")


def normalise(text: str) -> str:
    """Lower case, one form for each letter, no diacritics, no punctuation but ? and ', no letter three times."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_DIGITS)
    text = _MIXED_CYRILLIC.sub(lambda word: word.group().translate(_LATIN_LOOKALIKE), text)
    text = text.translate(_FOLDED)
    decomposed = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
    text = _REPEATED.sub(r"\1\1", text)
    return " ".join(_NO_WORD.sub(" ", text.replace("?", " ? ")).split())
