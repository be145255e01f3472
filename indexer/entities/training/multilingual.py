"""Network of many languages: what is it learned from? `make multilingual` writes
`indexer/entities/models/multilingual_network.npz`.

All labeled texts of all languages together: what an encoder makes of a word hardly depends on the
language, so that one network reads those, too, of which no labels are open. It sees nothing else of
a word. Of the large sets only every second or third article is learned, lest one language and its
convention tell most. Deterministic, as `network.py` is; what is held out from the models of
languages (`foreign_models.py`) and of English is held out here.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from indexer.entities.tagging.foreign.models import MODELS, LanguageModels
from indexer.entities.tagging.foreign.words import sentences
from indexer.entities.tagging.learned.multilingual import (
    MULTILINGUAL,
    SHA256,
    TAKEN,
    installed_encoder,
)
from indexer.entities.tagging.learned.network import file_of, read_network
from indexer.entities.training.foreign_models import (
    SETS,
    is_held_out,
    labels_of,
    read_articles,
    scores,
)
from indexer.entities.training.gold import held_out, read_set
from indexer.entities.training.network import learn_network
from indexer.entities.training.rows import Described, Encode
from indexer.entities.training.train import GOLD_SETS, HELD_OUT

STRIDES = {
    "ar-anercorp": 1,
    "ar-aqmar": 1,
    "de-germeval": 1,
    "de-europeana": 3,
    "fr-europeana": 2,
    "ru-factrueval": 1,
    "ru-unerpud": 1,
    "tr-wikiner": 2,
}
"""Every how many-th article of a set is learned; of the English newswire every second."""
ROUNDS, SEED = 5, 1
_KINDS = ("PER", "ORG", "LOC")

Article: TypeAlias = list[Described]


def english_articles(folder: Path) -> Iterator[Article]:
    """Those of the English newswire, with the kinds that the other languages have."""
    learned, _ = held_out(read_set(folder / f"{GOLD_SETS[0]}.jsonl.gz"), HELD_OUT)
    for article in learned[::2]:
        yield [
            _described(words, [one if one.endswith(_KINDS) else "O" for one in labels])
            for words, labels in article
        ]


def articles_of(name: str, folder: Path) -> Iterator[Article]:
    """Those of one set in another language that are learned."""
    language = name[:2]
    read = read_articles(folder / f"{name}.jsonl.gz")
    learned = [article for key, article in read.items() if not is_held_out(key)]
    for article in learned[:: STRIDES[name]]:
        tokens = list(sentences(article.text, language))
        yield [
            _described([word for _, _, word in sentence], labels)
            for sentence, labels in zip(tokens, labels_of(tokens, article.names), strict=True)
        ]


def _described(words: Sequence[str], labels: Sequence[str]) -> Described:
    return Described(words, labels, [[] for _ in words])


def learn(folder: Path, encode: Encode) -> bytes:
    """The file of the network.

    Args:
        folder: of the labeled texts of English; those of others lie in `languages` in it.
    """
    articles = list(english_articles(folder))
    for name in STRIDES:
        articles += articles_of(name, folder / "languages")
    return learn_network(
        articles,
        lambda article: article,
        ([], np.zeros((0, 1), np.float32)),
        lambda said: print(said, file=sys.stderr, flush=True),  # noqa: T201
        seen=frozenset(),
        rounds=ROUNDS,
        seed=SEED,
        encode=encode,
    )


def record_of(file: bytes, held: Mapping[str, Any]) -> dict[str, Any]:
    """What is written beside the network.

    Args:
        held: its scores on what is held out, beside the models of languages.
    """
    return {
        "made_by": "make multilingual",
        "parameters": {"rounds": ROUNDS, "seed": SEED, "strides": STRIDES, "layers": TAKEN},
        "encoder_sha256": SHA256,
        "network_sha256": hashlib.sha256(file).hexdigest(),
        "languages": sorted(MODELS),
        "held_out_scores": held,
    }


def main(folder: Path, models: Path) -> None:
    """Writes the network and its record.

    Args:
        folder: of labeled texts.
    """
    file = learn(folder, installed_encoder().states)
    (models / file_of(MULTILINGUAL)).write_bytes(file)
    tagger = LanguageModels(read_network(file, installed_encoder))
    held: dict[str, Any] = {}
    for language, sets in SETS.values():
        for name in sets:
            read = read_articles(folder / "languages" / f"{name}.jsonl.gz")
            held[name] = scores(
                lambda text, language=language: tagger.tag(text, language=language),  # type: ignore[misc]
                (article for title, article in read.items() if is_held_out(title)),
            )
    record = record_of(file, held)
    (models / f"{MULTILINGUAL}.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
