"""What the model learns from: labels, and labeled articles as the tagger will read them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.tagging.labels import Span, bilou, bio, spans
from indexer.entities.training.gold import LabeledSentence
from indexer.entities.training.lessons import lessons

KINDS = st.sampled_from(["PER", "ORG", "LOC"])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4), KINDS), max_size=6))
def test_labels_say_the_same_names_in_either_way_of_writing(
    names: list[tuple[int, int, str]],
) -> None:
    said: list[Span] = []
    end = 0
    for gap, length, kind in names:
        said.append(Span(end + gap, end + gap + length, kind))
        end += gap + length
    labels = bio(end + 1, said)
    assert list(spans(labels)) == said
    assert list(spans(bilou(labels))) == said


def test_the_last_word_of_a_name_and_a_name_of_one_word_have_labels_of_their_own() -> None:
    labels = bilou(["B-ORG", "I-ORG", "I-ORG", "O", "B-LOC"])
    assert labels == ["B-ORG", "I-ORG", "L-ORG", "O", "U-LOC"]


def labeled(text: str) -> LabeledSentence:
    """`University/B-ORG of/I-ORG Chicago/B-LOC said` as a sentence."""
    pairs = [word.partition("/") for word in text.split()]
    return LabeledSentence([word for word, _, _ in pairs], [label or "O" for _, _, label in pairs])


def names_of(sentence: LabeledSentence) -> list[tuple[str, str]]:
    words, labels = sentence
    return [(" ".join(words[first:last]), kind) for first, last, kind in spans(labels)]


def test_what_the_set_prints_apart_is_learned_as_one_word() -> None:
    parted = labeled("The U/B-LOC ./I-LOC S/I-LOC ./I-LOC is Kenya/B-LOC ’ s ally")
    [[sentence]] = lessons([[parted]])
    assert sentence.words == ["The", "U.S.", "is", "Kenya", "’s", "ally"]
    assert names_of(sentence) == [("U.S.", "LOC"), ("Kenya", "LOC")]


def test_sentences_end_where_the_tagger_ends_them() -> None:
    paragraph = labeled("Troops left Kherson/B-LOC . Mr. Putin/B-PER said nothing .")
    [article] = lessons([[paragraph]])
    assert [sentence.words[-1] for sentence in article] == [".", "."]
    assert [names_of(sentence) for sentence in article] == [
        [("Kherson", "LOC")],
        [("Putin", "PER")],
    ]
