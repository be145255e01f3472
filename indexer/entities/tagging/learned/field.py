"""Field: which words are names, by a conditional random field, and by networks beside it?

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) as implemented by
CRFsuite, the engine of `nltk.tag.CRFTagger`. It is called directly: NLTK's wrapper makes its own
features a word at a time and reads its model from a file only. Networks know words by the company
they keep in open text, and err elsewhere: the mean of all is right more often than each. A network
that an encoder helps counts twice, and takes seven times as long as the rest: it can be asked only
of sentences in which the field is in doubt, or only of the words around what it doubts.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pycrfsuite

from indexer.entities.tagging.labels import Span, spans
from indexer.entities.tagging.learned.network import LABELS, Array, Network, likeliest

_SURELY_NONE = 0.99


class Found(NamedTuple):
    """A name in a sentence, and how sure it is."""

    span: Span
    confidence: float


class Field:
    """Finds names in described sentences. Threads wait for each other.

    Args:
        model: the bytes of a CRFsuite model; nothing where only networks know the language.
        networks: whose answers are averaged with the model's.
        sure: where each word of a sentence has a label that is this likely, networks are not asked.
        around: of a sentence with others they are asked of those, and of so many words on either
            side of each; without it, of the whole sentence.

    Attributes:
        digest: of the model, the networks and when they are asked.
        model: the bytes that it was made of.
    """

    def __init__(
        self,
        model: bytes,
        networks: Sequence[Network] = (),
        *,
        sure: float | None = None,
        around: int | None = None,
    ) -> None:
        made_of = b"".join((model, *(network.digest for network in networks)))
        if sure is not None:
            made_of += repr(sure if around is None else (sure, around)).encode()
        self.digest = hashlib.sha256(made_of).hexdigest()[:8]
        self.model = model  # CRFsuite reads from these bytes as long as it lives
        self._networks = networks
        self._sure = sure
        self._around = around
        self._tagger = pycrfsuite.Tagger()
        if model:
            self._tagger.open_inmemory(model)
        known = set(self._tagger.labels()) if model else set[str]()
        self._labels = [label if label in known else "" for label in LABELS]
        self._weight = np.float32(bool(model) + sum(network.weight for network in networks))
        self._lock = threading.Lock()

    def names(
        self, sentences: Sequence[Sequence[str]], described: Sequence[list[list[str]]]
    ) -> Iterator[list[Found]]:
        """For each sentence, its names.

        Args:
            described: the features of each word of each sentence.
        """
        if not self._networks:
            yield from map(self._alone, described)
            return
        for chances in self.chances(sentences, described):
            numbers = likeliest(chances)
            if not any(numbers):
                yield []
                continue
            sure = chances[np.arange(len(numbers)), numbers]
            yield [
                Found(one, float(sure[one.first : one.last].mean()))
                for one in spans([LABELS[number] for number in numbers])
            ]

    def _alone(self, described: list[list[str]]) -> list[Found]:
        """What the model finds without networks: its own likeliest order of labels."""
        with self._lock:
            labels = self._tagger.tag(described)
            return [
                Found(
                    one,
                    sum(map(self._tagger.marginal, labels[slice(*one[:2])], range(*one[:2])))
                    / (one.last - one.first),
                )
                for one in spans(labels)
            ]

    def chances(
        self, sentences: Sequence[Sequence[str]], described: Sequence[list[list[str]]]
    ) -> Iterator[Array]:
        """For each word of each sentence, how likely each label is."""
        found = [self._by_field(of_sentence) for of_sentence in described]
        asked = [
            (number, first, last)
            for number, one in enumerate(found)
            for first, last in self._stretches(one)
        ]
        said = [
            network.chances(
                [sentences[number][first:last] for number, first, last in asked],
                [described[number][first:last] for number, first, last in asked],
            )
            for network in self._networks
        ]
        for (number, first, last), *by_networks in zip(asked, *said, strict=True):
            stretch = found[number][first:last]
            for network, one in zip(self._networks, by_networks, strict=True):
                stretch += network.weight * one
            stretch /= self._weight
        yield from found

    def _stretches(self, chances: Array) -> list[tuple[int, int]]:
        """The words of a sentence that networks are asked of, as (first, behind the last)."""
        whole = [(0, len(chances))]
        if self._sure is None:
            return whole
        doubted = np.flatnonzero(chances.max(axis=1) < self._sure)
        if self._around is None:
            return whole if len(doubted) else []
        found: list[tuple[int, int]] = []
        for at in doubted.tolist():
            first, last = max(0, at - self._around), min(at + self._around + 1, len(chances))
            if found and found[-1][1] >= first:
                first = found.pop()[0]
            found.append((first, last))
        return found

    def _by_field(self, described: list[list[str]]) -> Array:
        chances = np.zeros((len(described), len(LABELS)), np.float32)
        if not self.model:
            return chances
        with self._lock:
            self._tagger.set(described)
            marginal = self._tagger.marginal
            for at in range(len(described)):
                none = marginal(LABELS[0], at)
                if none > _SURELY_NONE:
                    chances[at, 0] = none  # what is left is not worth asking 20 times
                else:
                    chances[at] = [marginal(label, at) if label else 0 for label in self._labels]
        return chances
