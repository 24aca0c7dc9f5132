import re

from bot.channels.webchat.routes import _STATIC
from bot.channels.webchat.wording import all_words, words
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages


def test_every_word_is_there_in_every_language(languages: Languages, catalogues: Catalogues) -> None:
    english = words(catalogues["en"])
    for code, found in all_words(languages, catalogues).items():
        assert found.keys() == {*english, "dir"}
        if code != "en":
            same = {name for name in english if found[name] == english[name]}
            assert same <= {"lotse", "conversation"}, "these are words in other languages as well"


def test_every_word_that_the_page_or_its_script_asks_for_is_there(catalogues: Catalogues) -> None:
    known = {*words(catalogues["en"]), "dir", "lang", "words"}
    page = (_STATIC / "chat.html").read_text(encoding="utf-8")
    script = (_STATIC / "chat.js").read_text(encoding="utf-8")
    assert set(re.findall(r"{{(\w+)}}", page)) <= known
    assert set(re.findall(r'data-word="(\w+)"', page)) <= known
    assert set(re.findall(r'\btell\("(\w+)"\)', script)) <= known
    assert set(re.findall(r"words\[lang\]\.(\w+)", script)) <= known
