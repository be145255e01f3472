"""What places are called is the same, whether one is asked for or several at once."""

from __future__ import annotations

import random

from indexer.entities import lexicon
from indexer.entities.names.known import place_spellings, spellings_of_places


def test_spellings_of_a_few_places_are_those_of_each() -> None:
    listed = sorted(set(lexicon.place_variants().values()))
    labels = {*random.Random(16).sample(listed, 60), "Kherson", "Türkiye", "Kyiv", "Nowhere at all"}
    spellings = spellings_of_places(labels)
    assert {label: spellings(label) for label in labels} == {
        label: place_spellings(label) for label in labels
    }
    assert len(spellings("Kyiv")) > 5
