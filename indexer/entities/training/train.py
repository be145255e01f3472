"""Trains the shipped model: `make model`. Reads open data, writes `indexer/entities/models/`.

Two rounds. A first model learns from gold alone. It then reads open text and gives the second
round three things: parts of persons' names that it found again and again; the Groningen sentences
on whose names it agrees with their own, partly automatic, labels; and world events of which it is
sure in every word (self-training: Yarowsky 1995). The shipped model learns from gold and these. The
network, which an encoder tells what words mean where they stand, learns from gold and every second
of those Groningen sentences.
What is held out is seen by none, and the scores on it are written beside the models.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from corpus.fingerprint import fingerprint
from indexer.entities import lexicon
from indexer.entities.tagging.crf import SURE_WITHOUT, CrfTagger
from indexer.entities.tagging.labels import bilou, bio, spans
from indexer.entities.tagging.learned.encoder import FILE as ENCODER
from indexer.entities.tagging.learned.encoder import shipped_encoder
from indexer.entities.tagging.learned.features import Features
from indexer.entities.tagging.learned.network import file_of, read_network
from indexer.entities.tagging.tokens import sentences
from indexer.entities.tagging.word_lists import WordLists, shipped_lists
from indexer.entities.training.gold import (
    LabeledArticle,
    LabeledSentence,
    held_out,
    read_set,
)
from indexer.entities.training.lessons import lessons
from indexer.entities.training.network import (
    NETWORK_PARAMETERS,
    SEEN_FEATURES,
    learn_network,
)
from indexer.entities.training.rows import Described
from indexer.entities.training.scoring import score
from indexer.entities.training.word_lists import (
    learn_clusters,
    learn_names,
    learn_written_clusters,
    names_found,
    older_texts,
    open_texts,
)
from indexer.entities.types import Tagger

SEED = 1
HELD_OUT = 0.15
GOLD_SETS = ("worldwide_newswire_corrected", "wikigold")
SILVER_SET = "gmb_kaggle"
SILVER_HELD_OUT = 0.1
AGREEING = 2
"""Of so many Groningen sentences that are agreed on, the network learns one."""
EVENTS = 8_000
SURE = 0.8
PARAMETERS: dict[str, Any] = {
    "c1": 0.05,
    "c2": 0.05,
    "feature.minfreq": 2,
    "max_iterations": 45,
    "feature.possible_transitions": True,
}
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Learned:
    """A model, the word lists that it needs, and the file of the network beside it, if any."""

    model: bytes
    lists: WordLists
    network: bytes = b""

    def tagger(self) -> CrfTagger:
        """The tagger of this model."""
        return self._tagger(SURE_WITHOUT)

    def careful_tagger(self) -> CrfTagger:
        """The same, which asks the network of each sentence."""
        return self._tagger(None)

    def _tagger(self, sure: float | None) -> CrfTagger:
        networks = [read_network(self.network)] if self.network else []
        return CrfTagger(self.model, self.lists, networks, sure=sure)


def learn_lists(shared: Path) -> WordLists:
    """Word clusters and parts of names, from open text."""
    texts = list(open_texts(shared))
    given, surnames = learn_names(shared, texts)
    return WordLists(
        _strings(learn_clusters(texts, seed=SEED)),
        _strings(learn_written_clusters(chain(texts, older_texts(shared)), seed=SEED)),
        frozenset(given),
        frozenset(surnames),
    )


def kept_lists(shared: Path) -> WordLists:
    """The clusters that are shipped, and the parts of names that no model found."""
    given, surnames = learn_names(shared, list(open_texts(shared)))
    return replace(shipped_lists(), given=frozenset(given), surnames=frozenset(surnames))


def _strings(clusters: Mapping[str, tuple[int, int]]) -> dict[str, tuple[str, str]]:
    return {word: (str(one), str(other)) for word, (one, other) in clusters.items()}


def learn(articles: Sequence[LabeledArticle], lists: WordLists) -> Learned:
    """A model of these articles. Deterministic: L-BFGS from zero, data in order."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    features = Features(lists)
    for article in articles:
        described = features.of_article([sentence.words for sentence in article])
        for sentence, of_words in zip(article, described, strict=True):
            if of_words:
                trainer.append(of_words, bilou(sentence.labels))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        trainer.train(str(path))
        return Learned(path.read_bytes(), lists)


def agreed(silver: Iterable[LabeledArticle], learned: Learned) -> Iterator[LabeledArticle]:
    """The silver sentences with names, in which the model finds these and no other."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(learned.model)
    features = Features(learned.lists)
    for article in silver:
        described = features.of_article([sentence.words for sentence in article])
        for sentence, of_words in zip(article, described, strict=True):
            labels = tagger.tag(of_words)
            names = _names(sentence.labels)
            if names and _names(labels) == names:
                yield [_learnable(sentence.words, labels)]


def sure(texts: Iterable[str], learned: Learned) -> Iterator[LabeledArticle]:
    """Of each text the sentences in which the model is sure of the label of every word."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(learned.model)
    features = Features(learned.lists)
    for text in texts:
        read = [[word for _, _, word in sentence] for sentence in sentences(text)]
        article = []
        for words, of_words in zip(read, features.of_article(read), strict=True):
            labels = tagger.tag(of_words)
            if all(tagger.marginal(label, at) > SURE for at, label in enumerate(labels)):
                article.append(_learnable(words, labels))
        if article:
            yield article


def _learnable(words: list[str], labels: Sequence[str]) -> LabeledSentence:
    return LabeledSentence(words, bio(len(words), list(spans(labels))))


def _names(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    return {(one.first, one.last, one.kind) for one in spans(labels) if one.kind != "EVT"}


def events(shared: Path) -> list[str]:
    """A fixed sample of world events, the oldest fifth left out: their English is rougher."""
    with gzip.open(shared / "articles" / "world_events.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    step = max(1, len(texts) * 4 // 5 // EVENTS)
    return texts[len(texts) // 5 :: step]


def digests(shared: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of each data file that was used."""
    articles = ("world_events", "wikinews", "diplomatic_documents")
    files = [
        *(shared / "entities" / f"{name}.jsonl.gz" for name in (*names, "diplomatic_persons")),
        *(shared / "articles" / f"{name}.jsonl.gz" for name in articles),
    ]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def lexicon_digests() -> dict[str, str]:
    """SHA-256 of each file of the lexicon, whose entries are features."""
    folder = Path(lexicon.__file__).parent
    files = sorted(path for path in folder.iterdir() if path.suffix in {".tsv", ".txt", ".gz"})
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def scores_of(tagger: Tagger, sets: dict[str, Sequence[LabeledArticle]]) -> dict[str, Any]:
    """F1, precision and recall of each kind on each set."""
    result: dict[str, Any] = {}
    for name, articles in sets.items():
        scores, _ = score(tagger, articles)
        result[name] = {
            kind: {
                "precision": round(one.precision, _DIGITS),
                "recall": round(one.recall, _DIGITS),
                "f1": round(one.f1, _DIGITS),
                "names": one.wanted,
            }
            for kind, one in scores.items()
        }
    return result


def main(shared: Path, models: Path, *, lists_too: bool) -> None:
    """Trains, scores, and writes model, word lists and their record into `models`.

    Args:
        lists_too: learn the lists of words again, not only the model.
    """
    started = time.monotonic()

    def say(what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:6.0f} s  {what}\n")

    lists = learn_lists(shared) if lists_too else kept_lists(shared)
    say(f"{len(lists.clusters)} words clustered, {len(lists.given)} given names")
    gold: list[LabeledArticle] = []
    unseen: dict[str, Sequence[LabeledArticle]] = {}
    for name in GOLD_SETS:
        seen, unseen[name] = held_out(read_set(shared / "entities" / f"{name}.jsonl.gz"), HELD_OUT)
        gold += lessons(seen)
    silver, unseen[SILVER_SET] = held_out(
        read_set(shared / "entities" / f"{SILVER_SET}.jsonl.gz"), SILVER_HELD_OUT
    )
    first = learn(gold, lists)
    say("first model")
    agreeing = list(agreed(silver, first))
    trusted = [*agreeing, *sure(events(shared), first)]
    say(f"{len(trusted)} articles labeled by it")
    if lists_too:
        given, surnames = names_found(open_texts(shared), first.tagger())
        lists = replace(lists, given=lists.given | given, surnames=lists.surnames | surnames)
    else:
        lists = shipped_lists()
    say(f"{len(lists.given)} given names, {len(lists.surnames)} surnames")
    learned = learn([*gold, *trusted], lists)
    say("second model")
    features = Features(lists)

    def described(article: LabeledArticle) -> Iterator[Described]:
        of_article = features.of_article([sentence.words for sentence in article])
        for (written, labels), of_sentence in zip(article, of_article, strict=True):
            yield Described(written, labels, of_sentence)

    network = learn_network(
        [*gold, *agreeing[::AGREEING]],
        described,
        ([], np.zeros((0, 0), np.float32)),
        say,
        seen=SEEN_FEATURES,
        encode=shipped_encoder().states,
    )
    say("network")
    learned = replace(learned, network=network)
    record = {
        "made_by": "make model",
        "seed": SEED,
        "word_lists": "learned anew" if lists_too else "kept",
        "features": fingerprint("indexer.entities.tagging.learned.features"),
        "parameters": PARAMETERS,
        "network_parameters": NETWORK_PARAMETERS,
        "lexicon_sha256": lexicon_digests(),
        "data_sha256": digests(shared, (*GOLD_SETS, SILVER_SET)),
        "model_sha256": hashlib.sha256(learned.model).hexdigest(),
        "network_sha256": hashlib.sha256(learned.network).hexdigest(),
        "encoder_sha256": hashlib.sha256((models / ENCODER).read_bytes()).hexdigest(),
        "held_out_share": HELD_OUT,
        "held_out_scores": scores_of(learned.tagger(), unseen),
        "held_out_scores_careful": scores_of(learned.careful_tagger(), unseen),
    }
    say("scored")
    _write(models, learned, record)


def _write(models: Path, learned: Learned, record: dict[str, Any]) -> None:
    models.mkdir(exist_ok=True)
    lists = {
        "clusters": learned.lists.clusters,
        "written": learned.lists.written,
        "given": sorted(learned.lists.given),
        "surnames": sorted(learned.lists.surnames),
    }
    packed = json.dumps(lists, ensure_ascii=False, separators=(",", ":")).encode()
    (models / "word_lists.json.gz").write_bytes(gzip.compress(packed, mtime=0))
    (models / "english.crfsuite.gz").write_bytes(gzip.compress(learned.model, mtime=0))
    (models / file_of("english")).write_bytes(learned.network)
    (models / "english.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), lists_too="lists" in sys.argv[3:])
