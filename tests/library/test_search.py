import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from bot.i18n.catalogues import Catalogues
from bot.library.library import Library
from bot.library.passages import Passage
from bot.library.search import Index, PageSearch, build_index
from bot.texts.vectors import VectorCache, Vectoriser
from tests.support.content import SmallContent
from tests.support.encoder import BagOfWords

# A little of everything: what is found must be found among what is not.
_TEXTS = {
    ("child-benefit", "de"): "Kindergeld. Geld für Familien mit Kindern, auf Antrag bei der Familienkasse.",
    ("child-benefit", "en"): "Child benefit. Money for families with children, on application.",
    ("child-benefit", "ar"): "إعانة الأطفال. مال للعائلات التي لديها أطفال، بطلب من صندوق العائلة.",
    ("housing-benefit", "de"): "Wohngeld. Ein Zuschuss zur Miete für Haushalte mit wenig Einkommen.",
    ("housing-benefit", "en"): "Housing benefit. A subsidy towards rent for households with a small income.",
    ("housing-benefit", "ar"): "إعانة السكن. دعم للإيجار للأسر ذات الدخل القليل.",
    ("driving-licence", "de"): "Führerschein. Eine ausländische Fahrerlaubnis gilt sechs Monate.",
    ("driving-licence", "en"): "Driving licence. A foreign licence is valid for six months.",
    ("waste", "de"): "Müll trennen. Der Sperrmüll wird auf Anfrage abgeholt.",
    ("waste", "en"): "Sorting waste. Bulky waste is collected on request.",
    ("library", "de"): "Stadtbücherei. Kinder und Jugendliche leihen Bücher umsonst.",
    ("library", "en"): "Town library. Children and young people borrow books for free.",
}
PASSAGES = [Passage(topic, locale, text) for (topic, locale), text in _TEXTS.items()]


def an_index(passages: Sequence[Passage] = PASSAGES) -> Index:
    return Index(passages, BagOfWords().encode([passage.text for passage in passages], "passage"))


async def found(text: str, locale: str, index: Index | None = None) -> list[str]:
    search = PageSearch(Vectoriser(BagOfWords()), lambda: index or an_index())
    return list(await search.find(text, locale))


@pytest.mark.parametrize(
    ("text", "locale", "topic"),
    [
        ("Kindergeld", "de", "child-benefit"),
        ("money for families with children", "en", "child-benefit"),
        ("دعم للإيجار", "ar", "housing-benefit"),
        ("Bücher leihen umsonst", "de", "library"),
    ],
)
async def test_a_page_is_found_by_its_words(text: str, locale: str, topic: str) -> None:
    assert (await found(text, locale))[0] == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Kindergelt", "child-benefit"),
        ("Füherschein", "driving-licence"),
        ("fuhrerschein", "driving-licence"),
        ("Wohngeldantrag", "housing-benefit"),
        ("Sperrmüllabfuhr", "waste"),
    ],
)
def test_a_misspelt_word_and_a_compound_are_found_by_their_parts(text: str, topic: str) -> None:
    # To the encoder of these tests each is a word that it has never seen: the n-grams must find it.
    ranked = an_index().search(text, BagOfWords().encode([text], "query")[0], "de")
    assert ranked[0][0] == topic


def test_a_page_is_found_by_its_meaning_where_not_a_word_is_shared() -> None:
    found = [Passage("unpaid-wages", "de", "Lohn einklagen"), Passage("waste", "de", "Sperrmüll")]
    meanings = BagOfWords().encode(["geld arbeit streit", "abfall tonne hof"], "passage")
    question = BagOfWords().encode(["arbeit geld streit"], "query")[0]
    assert Index(found, meanings).search("mon patron", question, "de")[0][0] == "unpaid-wages"
    assert Index(found, meanings[::-1]).search("mon patron", question, "de")[0][0] == "waste"


@pytest.mark.parametrize("text", ["xqvwk zzyzx", "ⵣⴰⵎⴰ", "12345", "?"])
async def test_for_gibberish_nothing_is_offered(text: str) -> None:
    assert await found(text, "de") == []


def test_the_same_page_counts_more_in_the_language_of_the_reader() -> None:
    twins = [Passage("german", "de", "Taxi"), Passage("english", "en", "Taxi"), Passage("else", "de", "Kita")]
    index = an_index(twins)
    vector = BagOfWords().encode(["Taxi"], "query")[0]
    assert index.search("Taxi", vector, "de")[0][0] == "german"
    assert index.search("Taxi", vector, "en")[0][0] == "english"


async def test_a_page_in_a_language_that_is_neither_the_readers_nor_english_nor_german_is_not_offered() -> None:
    assert await found("دعم للإيجار", "tr") == []


async def test_an_arabic_reader_finds_a_page_that_exists_in_german_alone() -> None:
    assert (await found("Führerschein", "ar"))[0] == "driving-licence"


def test_a_topic_is_offered_once_however_many_of_its_passages_fit() -> None:
    index = an_index([*PASSAGES, *(Passage("waste", "de", f"Müll trennen {n}") for n in range(10))])
    topics = [topic for topic, _score in index.search("Müll", BagOfWords().encode(["Müll"], "query")[0], "de")]
    assert len(topics) == len(set(topics))


async def test_at_most_three_pages_are_offered() -> None:
    crowd = [Passage(f"topic-{n}", "de", f"Kita Platz {'abcdefgh'[n]}") for n in range(8)]
    assert len(await found("Kita Platz", "de", an_index([*crowd, *PASSAGES]))) == 3


async def test_an_empty_content_base_has_nothing_to_offer() -> None:
    assert await found("Kindergeld", "de", an_index([])) == []


def test_a_page_that_has_expired_is_not_in_the_index(
    content: SmallContent, catalogues: Catalogues, tmp_path: Path
) -> None:
    def topics(library: Library) -> set[str]:
        return set(build_index(library, VectorCache(tmp_path / "v.npz", BagOfWords())).topics.tolist())

    assert topics(content.read(catalogues)[0]) == {"register-your-address", "bus-and-train"}
    assert topics(content.read(catalogues, date(2027, 7, 1))[0]) == {"register-your-address"}


async def test_the_first_questions_wait_for_one_index_together() -> None:
    built: list[str] = []

    def build() -> Index:
        built.append("index")
        return an_index()

    search = PageSearch(Vectoriser(BagOfWords()), build)
    answers = await asyncio.gather(*(search.find("Kindergeld", "de") for _ in range(5)))
    assert built == ["index"]
    assert all(answer[0] == "child-benefit" for answer in answers)


async def test_while_a_new_index_is_built_the_old_one_answers() -> None:
    indexes = [an_index([Passage("old", "de", "Taxi"), *PASSAGES]), an_index([Passage("new", "de", "Taxi"), *PASSAGES])]
    building, go = Event(), Event()
    go.set()

    def build() -> Index:
        building.set()
        assert go.wait(10)
        return indexes.pop(0)

    search = PageSearch(Vectoriser(BagOfWords()), build)
    await search.refresh()
    building.clear()
    go.clear()
    refreshing = asyncio.create_task(search.refresh())
    await asyncio.to_thread(building.wait, 10)
    assert (await search.find("Taxi", "de"))[0] == "old"
    go.set()
    await refreshing
    assert (await search.find("Taxi", "de"))[0] == "new"


async def test_a_question_that_the_model_cannot_take_is_an_error_and_not_an_empty_answer() -> None:
    encoder = BagOfWords()
    encoder.fails = RuntimeError("out of memory")
    with pytest.raises(RuntimeError):
        await PageSearch(Vectoriser(encoder), an_index).find("Kindergeld", "de")
