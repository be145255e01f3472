"""The network beside the conditional random field: its shares, its limits, the orders of labels."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.entities.tagging.crf import SURE_WITHOUT, CrfTagger, shipped_tagger
from indexer.entities.tagging.labels import spans
from indexer.entities.tagging.learned.features import Features, Sentence
from indexer.entities.tagging.learned.field import Field
from indexer.entities.tagging.learned.network import (
    LABELS,
    Array,
    Network,
    likeliest,
    shipped_network,
)
from indexer.entities.tagging.learned.packing import packed, unpacked
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind

FEATURES = Features(shipped_lists())
MODEL = gzip.decompress((files("indexer.entities") / "models/english.crfsuite.gz").read_bytes())


def chances(*sentences: str, network: str = "english") -> list[Array]:
    words = [sentence.split() for sentence in sentences]
    return list(shipped_network(network).chances(words, FEATURES.of_article(words)))


def test_each_word_has_a_share_for_each_label() -> None:
    found = chances("Reporters saw Boris Nemtsov in Kyiv .", "He left .")
    assert [one.shape for one in found] == [(7, len(LABELS)), (3, len(LABELS))]
    for one in found:
        assert np.allclose(one.sum(axis=1), 1, atol=1e-5)
        assert (one >= 0).all()


def test_it_knows_a_person_and_a_place() -> None:
    [found] = chances("Reporters saw Boris Nemtsov in Kyiv .")
    labels = [LABELS[number] for number in likeliest(found)]
    assert labels[2:4] == ["B-PER", "L-PER"]
    assert labels[5] == "U-LOC"


def test_without_an_encoder_a_sentence_says_the_same_whatever_stands_beside_it() -> None:
    alone = chances("The army took Bakhmut .", network="german")[0]
    among = chances("Nobody came .", "The army took Bakhmut .", "", network="german")[1]
    assert np.allclose(alone, among, atol=1e-5)


def test_words_written_alike_see_what_is_said_of_all_of_them() -> None:
    alone = chances("Larka fell .")[0][0]
    again = chances("Larka fell .", "General Larka , the commander , said so .")[0][0]
    person = [at for at, label in enumerate(LABELS) if label.endswith("PER")]
    assert again[person].sum() > alone[person].sum()


def test_nothing_is_read_as_nothing() -> None:
    assert chances() == []
    assert [len(one) for one in chances("", "")] == [0, 0]


@pytest.mark.parametrize(("network", "words"), [("english", 5_000), ("german", 30_000)])
def test_one_endless_sentence_is_read_in_pieces(network: str, words: int) -> None:
    [found] = chances(" ".join(["Kyiv"] * words), network=network)
    assert found.shape == (words, len(LABELS))
    assert len(likeliest(found)) == words


def test_an_endless_word_is_a_word() -> None:
    text = f"In Kyiv {'A' * 1_000_000} spoke. {'ж' * 100_000} and Boris Nemtsov left Kyiv."
    found = {one.text for one in shipped_tagger().tag(text, language="en")}
    assert {"Kyiv", "Boris Nemtsov"} <= found


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(0, 40), st.just(len(LABELS))),
        elements=st.floats(0, 1, width=32),
    )
)
def test_labels_stand_in_an_order_that_they_can_stand_in(shares: Array) -> None:
    labels = [LABELS[number] for number in likeliest(shares)]
    assert len(labels) == len(shares)
    for before, after in zip(["O", *labels], [*labels, "O"], strict=True):
        continues = after[0] in "IL"
        assert continues == (before[0] in "BI"), (before, after)
        assert not continues or after[1:] == before[1:]


def test_what_is_surely_no_name_parts_stretches() -> None:
    shares = np.zeros((3, len(LABELS)), np.float32)
    shares[:, 0] = (0.1, 1, 0.1)
    shares[0, LABELS.index("U-PER")] = 0.9
    shares[2, LABELS.index("U-LOC")] = 0.9
    assert list(spans([LABELS[number] for number in likeliest(shares)])) == [
        (0, 1, "PER"),
        (2, 3, "LOC"),
    ]


def test_lines_come_back_as_they_were_packed() -> None:
    lines = ["l=C", "κόσμος", "d:+'s"]
    assert unpacked(packed(lines)) == lines
    assert packed(lines).tobytes() == packed(lines).tobytes()


def test_the_version_tells_which_network_was_asked_and_when() -> None:
    network = shipped_network("english")
    versions = {
        CrfTagger(MODEL, shipped_lists(), networks, sure=sure).version
        for networks, sure in (((), None), ([network], None), ([network], SURE_WITHOUT))
    }
    assert len(versions) == 3
    assert shipped_tagger().version in versions


class Heard:
    """A network that is sure of nothing, and keeps what it was asked of."""

    digest = b"heard"
    weight = np.float32(1)

    def __init__(self) -> None:
        self.asked: list[Sentence] = []

    def chances(
        self, sentences: Sequence[Sentence], _described: Sequence[Sequence[Sequence[str]]]
    ) -> Iterator[Array]:
        self.asked += sentences
        for sentence in sentences:
            yield np.full((len(sentence), len(LABELS)), 1 / len(LABELS), np.float32)


def test_the_network_is_asked_only_of_sentences_in_which_the_field_is_in_doubt() -> None:
    sure, doubtful = "He left on Monday .".split(), "Tamasha Zindabad Cash fell .".split()
    sentences: list[list[str]] = [sure, [], doubtful, sure]
    heard = Heard()
    field = Field(MODEL, [cast(Network, heard)], sure=0.99)
    said = list(field.chances(sentences, FEATURES.of_article(sentences)))
    assert heard.asked == [doubtful]
    assert [len(one) for one in said] == [5, 0, 5, 5]
    alone = list(Field(MODEL, [cast(Network, heard)]).chances([sure], FEATURES.of_article([sure])))
    assert heard.asked == [doubtful, sure]
    assert said[0].max() > alone[0].max()


def test_of_a_long_sentence_it_is_asked_only_around_what_is_in_doubt() -> None:
    dull = "He left on Monday and she left on Tuesday and".split()
    doubtful = "Tamasha Zindabad Cash fell".split()
    sentences: list[list[str]] = [[*dull, *doubtful, *dull, *doubtful, *dull], dull, []]
    described = FEATURES.of_article(sentences)
    field, heard = Field(MODEL, []), Heard()
    before = [one.copy() for one in field.chances(sentences, described)]
    doubted = np.flatnonzero(before[0].max(axis=1) < 0.98)
    around = Field(MODEL, [cast(Network, heard)], sure=0.98, around=2)
    [long, short, none] = around.chances(sentences, described)
    changed = np.flatnonzero((long != before[0]).any(axis=1))
    near = {at + by for at in doubted for by in (-2, -1, 0, 1, 2)} & set(range(len(long)))
    assert 0 < len(doubted) < len(near) < len(long) - 4
    assert set(changed) == near
    assert sum(map(len, heard.asked)) == len(near)
    assert np.array_equal(short, before[1])
    assert none.shape == (0, len(LABELS))
    assert around.digest != Field(MODEL, [cast(Network, heard)], sure=0.98).digest


@pytest.mark.parametrize("ending", ["Initiative", "Deal", "War", "Peace Process"])
def test_no_place_ends_in_what_people_agree_or_fight(ending: str) -> None:
    text = f"Russia returned to the Black Sea {ending} on Monday, after Turkey had asked for it."
    found = {one.text: one.kind for one in shipped_tagger().tag(text, language="en")}
    assert found.get(f"Black Sea {ending}") is not EntityKind.PLACE
