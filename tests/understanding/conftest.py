"""A model of a few invented examples, trained with an encoder that needs no real model."""

from collections.abc import Sequence

import pytest

from bot.understanding.classifier import Model
from bot.understanding.examples import Example
from bot.understanding.training import train
from tests.support.encoder import BagOfWords

_EXAMPLES = {
    ("find-a-flat", "de"): ["ich suche eine wohnung", "wohnung mieten", "wir brauchen eine größere wohnung"],
    ("find-a-flat", "en"): ["i am looking for a flat", "rent a flat", "we need a bigger flat"],
    ("find-a-flat", "uk"): ["шукаю квартиру", "хочу орендувати квартиру", "нам потрібна квартира"],
    ("find-a-flat", "ru"): ["ищу квартиру", "хочу снять квартиру", "нам нужна квартира"],
    ("child-benefit", "de"): ["wie bekomme ich kindergeld", "kindergeld beantragen", "kindergeld für zwei kinder"],
    ("child-benefit", "en"): ["how do i get child benefit", "apply for child benefit", "child benefit for my children"],
    ("child-benefit", "tr"): ["çocuk parası nasıl alınır", "çocuk parası başvurusu", "çocuk parası istiyorum"],
    ("child-benefit", "uk"): ["як отримати допомогу на дитину", "гроші на дитину", "допомога на дитину для мами"],
    ("child-benefit", "ru"): ["как получить пособие на ребёнка", "деньги на ребенка", "пособие на детей оформить"],
    ("emergency", "de"): ["mein mann schlägt mich", "es brennt", "jemand ist bewusstlos"],
    ("emergency", "en"): ["my husband is hitting me", "the house is on fire", "someone is unconscious"],
    ("out_of_scope", "de"): ["wer gewinnt das fußballspiel", "erzähl mir einen witz", "wie wird das wetter"],
    ("out_of_scope", "en"): ["who wins the football match", "tell me a joke", "what will the weather be"],
    ("find-a-flat", "ar"): ["أبحث عن شقة", "أريد استئجار شقة", "نحتاج شقة أكبر"],
    ("find-a-flat", "fa"): ["دنبال آپارتمان هستم", "می خواهم خانه اجاره کنم", "ما خانه بزرگتر لازم داریم"],
    ("find-a-flat", "tr"): ["kiralık daire arıyorum", "daire kiralamak istiyorum", "daha büyük bir daire lazım"],
}


@pytest.fixture(scope="session")
def examples() -> Sequence[Example]:
    return [Example(text, intent, language) for (intent, language), texts in _EXAMPLES.items() for text in texts]


@pytest.fixture(scope="session")
def model(examples: Sequence[Example]) -> Model:
    return train(examples, BagOfWords().encode([example.text for example in examples], "query"))
