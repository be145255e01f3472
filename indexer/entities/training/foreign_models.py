"""Models of other languages: what do they learn from? `make foreign-models` writes
`indexer/entities/models/`.

One conditional random field a language, from labeled text whose licence allows it; a fixed part of
each set is held out, and the scores on it are written beside the models. What natasha's network
and its vectors of words (MIT) say is a feature of the Russian one: both are cut down to the most
frequent words here, and the words are sorted into classes of like ones. Beside the German and the
Turkish one a network of our own is learned (`network.py`); the vectors of its words are what a
sentence encoder of many languages makes of them. Deterministic: L-BFGS from zero, k-means and
networks from a seed, data in order.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import lzma
import re
import sys
import tarfile
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pycrfsuite

from indexer.entities.tagging.foreign.features import ForeignFeatures
from indexer.entities.tagging.foreign.models import MODELS, WITH_NETWORKS, ModelTagger
from indexer.entities.tagging.foreign.network import FILE, shipped_network
from indexer.entities.tagging.foreign.words import SLAVIC, folded, sentences
from indexer.entities.tagging.labels import bilou, bio_of, spans
from indexer.entities.tagging.learned.network import file_of, read_network
from indexer.entities.tagging.tokens import Token
from indexer.entities.training.network import learn_network
from indexer.entities.training.rows import Described
from indexer.entities.training.word_vectors import meanings
from indexer.entities.types import Mention

SETS = {
    "russian": ("ru", ("ru-factrueval", "ru-unerpud")),
    "arabic": ("ar", ("ar-anercorp", "ar-aqmar")),
    "german": ("de", ("de-germeval", "de-europeana")),
    "french": ("fr", ("fr-europeana",)),
    "turkish": ("tr", ("tr-wikiner",)),
}
VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
NETWORK = "model/slovnet_ner_news_v1.tar"
HELD_OUT = 0.15
PARAMETERS: dict[str, Any] = {
    "c1": 0.08,
    "c2": 0.05,
    "feature.minfreq": 2,
    "max_iterations": 55,
    "feature.possible_transitions": True,
}
WORDS = 65_000
SEEN_FEATURES = frozenset("s p2 x2 p3 x3 x4 l l* d m first g t".split())
"""What a network sees beside words: how one is written, lists it is on, what its article says."""
NETWORK_ROUNDS, NETWORK_SEED = 7, 1
CLASSES = (64, 512, 1500)
_TRAINED_ON = 25_000  # words whose classes are sought; all others join the nearest
_DIMENSIONS = 100
_ROUNDS = 8
_BLOCK = 10_000
_LATIN = re.compile("[a-z]")
_KINDS = {"person": "PER", "org": "ORG", "place": "LOC"}

Matrix: TypeAlias = npt.NDArray[np.float32]
Labeled: TypeAlias = tuple[list[str], list[str]]
Span: TypeAlias = tuple[int, int, str]


class LabeledText(NamedTuple):
    """An article as text, a sentence a line.

    Attributes:
        names: (start, end, kind) in characters.
        tokens: the set's own, (start, end): names are compared by them, because a tagger leaves out
            what is attached to a name.
    """

    text: str
    names: frozenset[Span]
    tokens: Sequence[tuple[int, int]]


def read_articles(path: Path) -> dict[str, LabeledText]:
    """Id → article of one set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        name: _text_of([(one["tokens"], one["tags"]) for one in group])
        for name, group in groupby(records, key=lambda record: str(record["id"]))
    }


def _text_of(labeled: Iterable[Labeled]) -> LabeledText:
    lines: list[str] = []
    names: set[Span] = set()
    places: list[tuple[int, int]] = []
    at = 0
    for tokens, labels in labeled:
        first = len(places)
        for token in tokens:
            places.append((at, at + len(token)))
            at += len(token) + 1
        for one in spans(labels):
            names.add((places[first + one.first][0], places[first + one.last - 1][1], one.kind))
        lines.append(" ".join(tokens))
    return LabeledText("\n".join(lines), frozenset(names), places)


def is_held_out(name: str) -> bool:
    """Is an article held out, by a digest of its id: the same on every machine?"""
    digest = hashlib.sha256(f"held{name}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < HELD_OUT


def learn(language: str, articles: Iterable[LabeledText]) -> bytes:
    """A model of these articles."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    features = ForeignFeatures(language, shipped_network() if language in SLAVIC else None)
    for article in articles:
        tokens = list(sentences(article.text, language))
        described = features.of_article(article.text, tokens)
        for of_sentence, labels in zip(described, labels_of(tokens, article.names), strict=True):
            trainer.append(of_sentence, bilou(labels))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        trainer.train(str(path))
        return path.read_bytes()


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def learn_beside(name: str, articles: Sequence[LabeledText]) -> bytes:
    """A network of these articles, and of the words in them."""
    language, _ = SETS[name]
    features = ForeignFeatures(language, None)

    def described(article: LabeledText) -> Iterator[Described]:
        tokens = list(sentences(article.text, language))
        of_article = features.of_article(article.text, tokens)
        labels = labels_of(tokens, article.names)
        for sentence, of_words, labeled in zip(tokens, of_article, labels, strict=True):
            yield Described([word for _, _, word in sentence], labeled, of_words)

    words = sorted(
        {
            word
            for article in articles
            for sentence in sentences(article.text, language)
            for _, _, word in sentence
        }
    )
    vectors = meanings(words)
    return learn_network(
        articles,
        described,
        (words, vectors / vectors.std()),
        lambda said: _say(f"{name}: {said}"),
        seen=SEEN_FEATURES,
        rounds=NETWORK_ROUNDS,
        seed=NETWORK_SEED,
    )


def labels_of(tokens: Sequence[Sequence[Token]], names: Iterable[Span]) -> list[list[str]]:
    starts = {start: (end, kind) for start, end, kind in names}
    return [bio_of((start for start, _, _ in sentence), starts) for sentence in tokens]


def scores(
    tag: Callable[[str], Sequence[Mention]], articles: Iterable[LabeledText]
) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each kind and of all: kind and first and last token right."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for article in articles:
        gold = {_in_tokens(article, *one) for one in article.names}
        tagged = {
            _in_tokens(article, one.start, one.end, _KINDS[one.kind.value])
            for one in tag(article.text)
            if one.kind.value in _KINDS
        }
        for counter, names in ((right, gold & tagged), (found, tagged), (wanted, gold)):
            counter.update(kind for _, _, kind in names)
            counter["all"] += len(names)
    return {
        kind: {
            "precision": round(right[kind] / max(1, found[kind]), 4),
            "recall": round(right[kind] / max(1, wanted[kind]), 4),
            "f1": round(2 * right[kind] / max(1, found[kind] + wanted[kind]), 4),
            "names": wanted[kind],
        }
        for kind in (*_KINDS.values(), "all")
    }


def _in_tokens(article: LabeledText, start: int, end: int, kind: str) -> Span:
    first = bisect_right(article.tokens, start, key=lambda token: token[0]) - 1
    last = bisect_left(article.tokens, end, key=lambda token: token[0]) - 1
    return first, last, kind


def write_network(natasha: Path, target: Path) -> None:
    """Writes the network of an unpacked natasha package, cut down to the most frequent words."""
    with (
        tarfile.open(natasha / "data" / VECTORS) as vectors,
        tarfile.open(natasha / "data" / NETWORK) as model,
    ):
        codes, centers = _codes(_member(vectors, "pq.bin"))
        counts, words = _vocabulary(gzip.decompress(_member(vectors, "vocab.bin")))
        rows: dict[str, int] = {}
        for row in sorted(range(len(counts)), key=lambda row: -counts[row]):
            if len(rows) < WORDS and not _LATIN.search(words[row]) and words[row][0] != "<":
                rows.setdefault(folded(words[row], "ru"), row)
        by_count = list(rows.values())
        classes = dict(zip(rows, _classes(codes[by_count], centers), strict=True))
        kept = sorted(rows)
        arrays = _layers(model)
        arrays["words"] = np.frombuffer(
            gzip.compress("\n".join(kept).encode(), mtime=0), dtype=np.uint8
        )
        arrays["codes"] = codes[[*(rows[word] for word in kept), words.index("<unk>")]]
        arrays["centers"] = centers.astype(np.float16)
        arrays["classes"] = np.array([classes[word] for word in kept], dtype=np.uint16)
        shapes = gzip.decompress(_member(model, "vocabs/shape.gz"))
        arrays["shapes"] = np.frombuffer(shapes, dtype=np.uint8)
    (target / FILE).write_bytes(_packed(arrays))


def _packed(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _codes(packed: bytes) -> tuple[npt.NDArray[np.uint8], Matrix]:
    """Of each word, which center each part of its vector is; and the centers."""
    vectors, _, parts, centers = (int(one) for one in np.frombuffer(packed[:16], np.uint32))
    end = 16 + vectors * parts
    codes = np.frombuffer(packed[16:end], np.uint8).reshape(vectors, parts)
    return codes, np.frombuffer(packed[end:], np.float32).reshape(parts, centers, -1)


def _vocabulary(packed: bytes) -> tuple[list[int], list[str]]:
    (size,) = np.frombuffer(packed[:4], np.uint32)
    end = 4 + 4 * int(size)
    counts = np.frombuffer(packed[4:end], np.uint32).tolist()
    return counts, packed[end:].decode("utf-8").splitlines()


def _layers(model: tarfile.TarFile) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the network: convolutions with their normalization, the last layer."""
    described = json.loads(_member(model, "model.json"))

    def array(one: dict[str, Any]) -> Matrix:
        values = np.frombuffer(_member(model, f"arrays/{one['array']}.bin"), one["dtype"])
        return values.reshape(one["shape"]).astype(np.float32)

    arrays: dict[str, npt.NDArray[Any]] = {
        "shape_vectors": array(described["emb"]["shape"]["weight"]).astype(np.float16),
        "weights": array(described["head"]["proj"]["weight"]),
        "bias": array(described["head"]["proj"]["bias"]),
    }
    for number, layer in enumerate(described["encoder"]["layers"]):
        norm = {name: array(one) for name, one in layer["norm"].items()}
        scale = norm["weight"] / norm["std"]
        weights = array(layer["conv"]["weight"]).transpose(2, 1, 0)
        arrays[f"weights{number}"] = np.ascontiguousarray(weights).astype(np.float16)
        arrays[f"bias{number}"] = array(layer["conv"]["bias"])
        arrays[f"scale{number}"] = scale
        arrays[f"shift{number}"] = norm["bias"] - norm["mean"] * scale
    return arrays


def _classes(codes: npt.NDArray[np.uint8], centers: Matrix) -> npt.NDArray[np.int64]:
    """For each word, most frequent first, its class among few, more and many."""
    points = centers[np.arange(len(centers)), codes].reshape(len(codes), -1)
    frequent = _normal(points[:_TRAINED_ON])
    _, directions = np.linalg.eigh(frequent.T @ frequent)
    points = _normal(_normal(points) @ directions[:, -_DIMENSIONS:])
    return np.stack([_class_of(points, k) for k in CLASSES], axis=1)


def _normal(points: Matrix) -> Matrix:
    normal: Matrix = points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-6)
    return normal


def _class_of(points: Matrix, k: int) -> npt.NDArray[np.int64]:
    """Spherical k-means over the frequent words."""
    frequent = points[:_TRAINED_ON]
    centers = frequent[np.random.default_rng(1).choice(len(frequent), k, replace=False)]
    for _ in range(_ROUNDS):
        nearest = _nearest(frequent, centers)
        sums = np.zeros_like(centers)
        np.add.at(sums, nearest, frequent)
        met = np.bincount(nearest, minlength=k)[:, None] > 0
        centers = np.where(met, _normal(sums), centers)
    return _nearest(points, centers)


def _nearest(points: Matrix, centers: Matrix) -> npt.NDArray[np.int64]:
    blocks = range(0, len(points), _BLOCK)
    return np.concatenate([np.argmax(points[at : at + _BLOCK] @ centers.T, 1) for at in blocks])


def write_model(name: str, folder: Path, models: Path) -> None:
    """Trains one model, and writes it and its record."""
    language, sets = SETS[name]
    read = {one: read_articles(folder / f"{one}.jsonl.gz") for one in sets}
    seen = [
        article
        for articles in read.values()
        for title, article in articles.items()
        if not is_held_out(title)
    ]
    model = learn(language, seen)
    (models / f"{name}.crfsuite.xz").write_bytes(lzma.compress(model, preset=9))
    networks, digests = [], {}
    if name in WITH_NETWORKS:
        network = learn_beside(name, seen)
        (models / file_of(name)).write_bytes(network)
        networks.append(read_network(network))
        digests["network_sha256"] = hashlib.sha256(network).hexdigest()
    tagger = ModelTagger(model, [code for code, of in MODELS.items() if of == name], networks)
    record: dict[str, Any] = {
        "made_by": "make foreign-models",
        "parameters": PARAMETERS,
        "data_sha256": {
            one: hashlib.sha256((folder / f"{one}.jsonl.gz").read_bytes()).hexdigest()
            for one in sets
        },
        **digests,
        "held_out_share": HELD_OUT,
        "held_out_scores": {
            one: scores(
                lambda text: tagger.tag(text, language=language),
                (article for title, article in articles.items() if is_held_out(title)),
            )
            for one, articles in read.items()
        },
    }
    text = json.dumps(record, indent=2)
    (models / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main(folder: Path, natasha: Path, models: Path, *names: str) -> None:
    """Writes the network, and the models of these names, or all of them.

    Args:
        folder: of the labeled texts.
        natasha: the unpacked package.
    """
    write_network(natasha, models)
    for name in names or SETS:
        write_model(name, folder, models)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
