"""The encoder of English: pieces of words, states of words where they stand."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.entities.tagging.crf import careful_tagger
from indexer.entities.tagging.learned.encoder import (
    STATES,
    Array,
    Encoder,
    Pieces,
    shipped_encoder,
)
from indexer.entities.training.encoder import is_kept
from indexer.entities.types import EntityKind

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "bak", "##hm", "##ut", "u", ".", "s"]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return shipped_encoder()


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Bakhmut", [4, 5, 6]),
        ("BÄKHMUT", [4, 5, 6]),
        ("U.S.", [7, 8, 9, 8]),
        ("bakery", [4, 1]),
        ("\u0301", [1]),
        ("a" * 1_000_000, [1]),
        ("." * 1_000, [8] * 12),
    ],
)
def test_a_word_is_parted_into_the_longest_pieces_that_are_known(
    word: str, pieces: list[int]
) -> None:
    assert Pieces(VOCABULARY).of(word) == pieces


def test_each_word_has_its_states(shipped: Encoder) -> None:
    sentences = [["The", "army", "took", "Bakhmut", "."], [], ["He", "left", "."]]
    states = shipped.states(sentences)
    assert states.shape == (8, STATES)
    assert np.isfinite(states).all()
    assert (np.abs(states).max(axis=1) > 0).all()
    assert shipped.states([]).shape == (0, STATES)


def test_a_word_means_something_else_elsewhere(shipped: Encoder) -> None:
    def of(sentence: str) -> Array:
        words = sentence.split()
        state = shipped.states([words])[words.index("bank")]
        return np.asarray(state / np.linalg.norm(state), np.float32)

    money = of("The bank raised its interest rates again .")
    loan = of("Customers of the bank asked for a loan .")
    river = of("Soldiers crossed to the bank of the river .")
    assert float(money @ loan) > float(money @ river)


def test_states_are_the_same_however_many_are_read_at_once(shipped: Encoder) -> None:
    sentence = "Fighting went on near the village of Larka , officials said .".split()
    filler = [["Nobody", "came", "."]] * 400
    alone = shipped.states([sentence * 11])
    among = shipped.states([sentence * 11, *filler])[: len(alone)]
    assert np.allclose(alone[:90], among[:90], atol=1e-4)


def test_an_endless_sentence_is_cut(shipped: Encoder) -> None:
    assert shipped.states([["Kyiv"] * 5_000]).shape == (5_000, STATES)


def test_the_careful_tagger_finds_names() -> None:
    text = "Boris Nemtsov of the Kurdish Red Crescent spoke in Kyiv on Monday."
    found = {one.text: one.kind for one in careful_tagger().tag(text, language="en")}
    assert found["Boris Nemtsov"] is EntityKind.PERSON
    assert found["Kyiv"] is EntityKind.PLACE


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("kharkiv", True),
        ("##ß", True),
        ("’", True),
        ("€", True),
        ("[CLS]", True),
        ("[unused7]", False),
        ("##ж", False),
        ("ا", False),
        ("東", False),
    ],
)
def test_pieces_that_english_is_written_in_are_shipped(piece: str, kept: bool) -> None:
    assert is_kept(piece) is kept


def test_a_word_of_other_letters_is_unknown(shipped: Encoder) -> None:
    one, other = shipped.states([["Харків"]]), shipped.states([["東京"]])
    assert np.allclose(one, other)
