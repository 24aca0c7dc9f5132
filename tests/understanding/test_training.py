from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from bot.understanding.classifier import Model
from bot.understanding.examples import Example
from bot.understanding.features import INTENT_BUCKETS, LANGUAGE_BUCKETS, intent_grams
from bot.understanding.training import train
from tests.support.encoder import BagOfWords


def test_intents_and_languages_are_those_of_the_examples(model: Model, examples: Sequence[Example]) -> None:
    assert set(model.intents) == {example.intent for example in examples}
    assert set(model.languages) == {example.language for example in examples}
    assert model.gram_weights.shape == (INTENT_BUCKETS, len(model.intents))
    assert model.language_weights.shape == (LANGUAGE_BUCKETS, len(model.languages))


def test_the_same_examples_give_the_same_model(model: Model, examples: Sequence[Example]) -> None:
    again = train(examples, BagOfWords().encode([example.text for example in examples], "query"))
    for field in fields(Model):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(model, field.name))


def test_an_n_gram_that_stands_in_one_example_only_weighs_nothing(model: Model) -> None:
    once, _weights = intent_grams("bewusstlos")
    often, _weights = intent_grams("kindergeld")
    assert not model.intent_rarity[once].all()
    assert model.intent_rarity[often].all()
