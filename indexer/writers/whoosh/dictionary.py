"""Dictionary: what all segments of a generation share: words, stems, facet values, families.

Sections of the file `dictionary`; `<i>` is the number of a segment:

    words.blob, .offsets, .articles       all words; how many articles have each
    stems.blob, .offsets                  all stems
    stems.counts                          a row a stem: how many articles have it, and how often
    stems.starts, .words                  the words of each stem
    words.of.<i>, stems.of.<i>            for each word, and each stem, of the segment, its number
                                          here; ascending
    <facet>.blob, .offsets, <facet>.of.<i>   the same for facet values
    families.blob, .offsets               families with a member whose id is not the family's
    families.starts, .docs                their articles, earliest published first, undated last
    families.members.<i>, families.of.<i> documents of the segment in such families, and which
    live.<i>                              bitmap of the segment's documents that were not deleted

Deleted documents are counted nowhere. A word that only they have stays, with 0 articles.

Articles are counted over all fields, because a word that is in the title and the text of one
article is in one article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.analysis import WordAnalyzer
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type
from indexer.writers.whoosh.files.vocabulary import Vocabulary, write_vocabulary
from indexer.writers.whoosh.inversion import TEXT_NAMES, count_occurrences

KIND = "dictionary"
DICTIONARY = "dictionary.dsp"
"""The name of the file."""


Live = NDArray[np.bool_]
"""For each document of a segment: is it part of the generation?"""


def write_dictionary(
    path: Path,
    segments: Sequence[Sections],
    live: Sequence[Live],
    analyzer: WordAnalyzer,
    earlier: Sections | None = None,
) -> None:
    """Writes the dictionary of these segments, in this order.

    Args:
        earlier: another dictionary, whose words need not be stemmed again.
    """
    file = SectionsWriter(path, KIND)
    for number, documents in enumerate(live):
        file.array(f"live.{number}", pack(documents))
    _write_words(file, segments, live, _stemmer(analyzer, earlier))
    for facet in FACETS:
        _write_union(file, facet, [Vocabulary(segment, facet).words() for segment in segments])
    _write_families(file, segments, live)
    file.close(
        {
            "segments": [segment.path.name for segment in segments],
            "documents": [segment.meta["documents"] for segment in segments],
            "live": [int(np.count_nonzero(documents)) for documents in live],
            "words": {
                field.name: sum(
                    int(segment[f"{field.name}.lengths"].whole()[documents].sum(dtype=np.int64))
                    for segment, documents in zip(segments, live, strict=True)
                )
                for field in TEXT_FIELDS
            },
            "analyzer": analyzer.version,
        }
    )


def pack(documents: Live) -> NDArray[np.uint64]:
    """A set of documents as a bitmap, 64 a word."""
    padded = np.zeros((len(documents) + 63) >> 6 << 6, np.bool_)
    padded[: len(documents)] = documents
    return np.packbits(padded, bitorder="little").view("<u8")


def unpack(bits: AnyArray, documents: int) -> Live:
    """The set that a bitmap stands for."""
    return np.unpackbits(bits.view(np.uint8), count=documents, bitorder="little").astype(np.bool_)


def _write_union(
    file: SectionsWriter, name: str, vocabularies: Sequence[Sequence[str]]
) -> tuple[list[str], list[NDArray[np.uint32]]]:
    """Writes one vocabulary for all, and where the words of each are in it."""
    words = sorted(set().union(*vocabularies))
    numbers = {word: number for number, word in enumerate(words)}
    maps = [
        np.fromiter((numbers[word] for word in vocabulary), np.uint32, len(vocabulary))
        for vocabulary in vocabularies
    ]
    write_vocabulary(file, name, words)
    for segment, places in enumerate(maps):
        file.array(f"{name}.of.{segment}", places)
    return words, maps


def _write_words(
    file: SectionsWriter,
    segments: Sequence[Sections],
    live: Sequence[Live],
    stems_of: Callable[[Sequence[str]], Sequence[str]],
) -> None:
    words, maps = _write_union(
        file, "words", [Vocabulary(segment, "words").words() for segment in segments]
    )
    stem_of = stems_of(words)
    stems = sorted(set(stem_of))
    numbers = {stem: number for number, stem in enumerate(stems)}
    groups = np.fromiter((numbers[stem] for stem in stem_of), np.int64, len(words))
    word_articles = np.zeros(len(words), np.int64)
    stem_counts = np.zeros((len(stems), 2), np.int64)
    for number, (segment, documents, places) in enumerate(zip(segments, live, maps, strict=True)):
        local = segment["words.stems"].whole()
        articles, counts = count_occurrences(segment, documents, TEXT_NAMES)
        own = np.zeros(len(counts), np.int64)
        own[local] = groups[places]
        file.array(f"stems.of.{number}", own.astype("<u4"))
        word_articles[places] += articles
        stem_counts[own] += counts
    file.array("words.articles", word_articles.astype("<u4"))
    write_vocabulary(file, "stems", stems)
    file.array(
        "stems.counts", stem_counts.ravel().astype(offset_type(int(stem_counts.max(initial=0))))
    )
    starts = np.zeros(len(stems) + 1, np.int64)
    np.cumsum(np.bincount(groups, minlength=len(stems)), out=starts[1:])
    file.array("stems.starts", starts.astype(offset_type(len(words))))
    file.array("stems.words", np.argsort(groups, kind="stable").astype("<u4"))


def _stemmer(
    analyzer: WordAnalyzer, earlier: Sections | None
) -> Callable[[Sequence[str]], Sequence[str]]:
    """Gives the stems of words: a dictionary made with the same analyzer has most of them."""
    if earlier is None or earlier.meta["analyzer"] != analyzer.version:
        return analyzer.stems
    stems = Vocabulary(earlier, "stems").words()
    words = Vocabulary(earlier, "words").words()
    numbers = np.zeros(len(words), np.int64)
    starts = earlier["stems.starts"].whole()
    numbers[earlier["stems.words"].whole()] = (
        np.searchsorted(starts, np.arange(len(words)), side="right") - 1
    )
    known = dict(zip(words, map(stems.__getitem__, numbers.tolist()), strict=True))

    def stems_of(asked: Sequence[str]) -> Sequence[str]:
        news = [word for word in asked if word not in known]
        known.update(zip(news, analyzer.stems(news), strict=True))
        return [known[word] for word in asked]

    return stems_of


def _write_families(
    file: SectionsWriter, segments: Sequence[Sections], live: Sequence[Live]
) -> None:
    members: dict[str, list[int]] = {}
    base = 0
    for segment, documents in zip(segments, live, strict=True):
        names = Vocabulary(segment, "family").words()
        starts = segment["family.starts"].whole().tolist()
        docs = segment["family.docs"].whole().astype(np.int64)
        for number, name in enumerate(names):
            found = docs[starts[number] : starts[number + 1]]
            kept = found[documents[found]] + base
            if len(kept):
                members.setdefault(name, []).extend(kept.tolist())
        base += segment.meta["documents"]
    _add_originals(members, segments, live)
    published = _first_days(segments)
    names = sorted(members)
    ordered = [sorted(members[name], key=lambda doc: (published[doc], doc)) for name in names]
    starts = np.cumsum([0, *map(len, ordered)])
    docs = np.array([doc for family in ordered for doc in family], np.int64)
    numbers = np.repeat(np.arange(len(names)), np.diff(starts))
    write_vocabulary(file, "families", names)
    file.array("families.starts", starts.astype("<u4"))
    file.array("families.docs", docs.astype("<u4"))
    by_doc = np.argsort(docs, kind="stable")
    base = 0
    for number, segment in enumerate(segments):
        end = base + segment.meta["documents"]
        own = by_doc[np.searchsorted(docs[by_doc], base) : np.searchsorted(docs[by_doc], end)]
        file.array(f"families.members.{number}", (docs[own] - base).astype("<u4"))
        file.array(f"families.of.{number}", numbers[own].astype("<u4"))
        base = end


def _add_originals(
    members: dict[str, list[int]], segments: Iterable[Sections], live: Iterable[Live]
) -> None:
    """Adds to each family the article that the family is named after, where it is in it."""
    base = 0
    for segment, documents in zip(segments, live, strict=True):
        ids = Vocabulary(segment, "article")
        docs = segment["article.docs"].whole()
        reprints = set(segment["family.docs"].whole().tolist())
        for name, family in members.items():
            found = ids.find(name)
            if found is None:
                continue
            doc = int(docs[found])
            if documents[doc] and doc not in reprints:
                family.append(base + doc)
        base += segment.meta["documents"]


def _first_days(segments: Sequence[Sections]) -> NDArray[np.int64]:
    """The first day each article can have been published; undated after all others."""
    undated = np.iinfo(np.int32).max
    days = []
    for segment in segments:
        rows = segment["published.rows"].whole().astype(np.int64)
        earliest = np.append(segment["published.earliest"].whole(), undated)
        days.append(np.where(rows[1:] > rows[:-1], earliest[rows[:-1]], undated))
    return np.concatenate(days) if days else np.zeros(0, np.int64)
