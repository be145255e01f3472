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

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.compiled import AnyArray
from indexer.schema import FACETS, TEXT_FIELDS
from indexer.writers.whoosh.analysis import WordAnalyzer
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter, offset_type
from indexer.writers.whoosh.files.stored import StoredReader
from indexer.writers.whoosh.files.vocabulary import Vocabulary
from indexer.writers.whoosh.files.word_arrays import Numbers, Words, merged, words_from, words_in
from indexer.writers.whoosh.inversion import (
    ARTICLES,
    OCCURRENCES,
    TEXT_NAMES,
    count_occurrences,
    rows_of,
)

KIND = "dictionary"
DICTIONARY = "dictionary.dsp"
"""The name of the file."""


Live = NDArray[np.bool_]
"""For each document of a segment: is it part of the generation?"""
_MANY = 400, 16  # of so many documents one, or so many, are gone: postings are counted


class Earlier(NamedTuple):
    """What another dictionary says, and what became of its segments.

    Attributes:
        segments: with the documents that were live.
        linked: number of a segment now → that of the one that it was there.
    """

    file: Sections
    segments: Sequence[tuple[Sections, Live]]
    linked: Mapping[int, int]


def write_dictionary(
    path: Path,
    segments: Sequence[Sections],
    live: Sequence[Live],
    analyzer: WordAnalyzer,
    earlier: Earlier | None = None,
) -> None:
    """Writes the dictionary of these segments, in this order.

    Args:
        earlier: another dictionary, whose words need not be stemmed again, nor counted.
    """
    file = SectionsWriter(path, KIND)
    for number, documents in enumerate(live):
        file.array(f"live.{number}", pack(documents))
    _write_words(file, segments, live, analyzer, earlier)
    for facet in FACETS:
        _write_union(file, facet, segments)
    _write_families(file, segments, live)
    file.close(
        {
            "segments": [segment.path.name for segment in segments],
            "patched": [segment.patch is not None for segment in segments],
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
    file: SectionsWriter, name: str, segments: Sequence[Sections]
) -> tuple[Words, list[Numbers]]:
    """Writes one vocabulary for all, and where the words of each are in it."""
    words, maps = _union([words_in(segment, name) for segment in segments])
    words.write(file, name)
    for segment, places in enumerate(maps):
        file.array(f"{name}.of.{segment}", places.astype("<u4"))
    return words, maps


def _union(several: Sequence[Words]) -> tuple[Words, list[Numbers]]:
    """The words of all, and of the words of each, which of these they are."""
    words, maps = words_from([]), list[Numbers]()
    for own in several:
        words, before, places = merged(words, own)
        maps = [*(before[one] for one in maps), places]
    return words, maps


def _write_words(
    file: SectionsWriter,
    segments: Sequence[Sections],
    live: Sequence[Live],
    analyzer: WordAnalyzer,
    earlier: Earlier | None,
) -> None:
    if earlier is not None and earlier.file.meta["analyzer"] != analyzer.version:
        earlier = None
    words, maps = _write_union(file, "words", segments)
    stems, groups = _stems(words, analyzer, None if earlier is None else earlier.file)
    word_articles = np.zeros(words.size, np.int64)
    stem_counts = np.zeros((stems.size, 2), np.int64)
    if earlier is not None:
        before = _counted_before(earlier, live, analyzer)
        for name, now, those, found in (
            ("words", words, before[0], word_articles),
            ("stems", stems, before[1], stem_counts),
        ):
            _, of_now, of_those = merged(now, words_in(earlier.file, name))
            of = np.full(int(max(of_now.max(initial=0), of_those.max(initial=0))) + 1, -1)
            of[of_now] = np.arange(now.size)
            stay = of[of_those] >= 0
            found[of[of_those[stay]]] = those[stay]
    for number, (segment, documents, places) in enumerate(zip(segments, live, maps, strict=True)):
        local = segment["words.stems"].whole()
        own = np.zeros(len(rows_of(segment)) - 1, np.int64)
        own[local] = groups[places]
        file.array(f"stems.of.{number}", own.astype("<u4"))
        if earlier is None or number not in earlier.linked:
            articles, counts = count_occurrences(segment, documents, TEXT_NAMES)
            word_articles[places] += articles
            stem_counts[own] += counts
    file.array("words.articles", word_articles.astype("<u4"))
    stems.write(file, "stems")
    file.array(
        "stems.counts", stem_counts.ravel().astype(offset_type(int(stem_counts.max(initial=0))))
    )
    starts = np.zeros(stems.size + 1, np.int64)
    np.cumsum(np.bincount(groups, minlength=stems.size), out=starts[1:])
    file.array("stems.starts", starts.astype(offset_type(words.size)))
    file.array("stems.words", np.argsort(groups, kind="stable").astype("<u4"))


def _counted_before(
    earlier: Earlier, live: Sequence[Live], analyzer: WordAnalyzer
) -> tuple[Numbers, Numbers]:
    """What an earlier dictionary says of its words and of its stems, without documents that are
    gone since: with segments that are not there, or from one that is.
    """
    file = earlier.file
    words: Numbers = file["words.articles"].whole().astype(np.int64)
    stems: Numbers = file["stems.counts"].whole().astype(np.int64).reshape(-1, 2)
    stem_of = np.empty(len(words), np.int64)
    starts: Numbers = file["stems.starts"].whole().astype(np.int64)
    stem_of[file["stems.words"].whole()] = np.repeat(np.arange(len(stems)), np.diff(starts))
    there = {before: now for now, before in earlier.linked.items()}
    known = Vocabulary(file, "words")
    for number, (segment, were) in enumerate(earlier.segments):
        gone = were & ~live[there[number]] if number in there else were
        few = max(len(were) // _MANY[0], _MANY[1])
        if np.count_nonzero(gone) > few:
            articles, counts = count_occurrences(segment, gone, TEXT_NAMES)
            words[file[f"words.of.{number}"].whole()] -= articles
            stems[file[f"stems.of.{number}"].whole()] -= counts
            continue
        stored = StoredReader(segment)
        for doc in np.flatnonzero(gone).tolist():
            document = stored.read(doc)
            said = Counter(analyzer.surfaces(document.title))
            said.update(analyzer.surfaces(document.text))
            numbers = np.array([known.find(word) for word in said], np.int64)
            words[numbers] -= 1
            of = stem_of[numbers]
            stems[np.unique(of), ARTICLES] -= 1
            np.subtract.at(stems[:, OCCURRENCES], of, np.array([*said.values()], np.int64))
    return words, stems


def _stems(words: Words, analyzer: WordAnalyzer, earlier: Sections | None) -> tuple[Words, Numbers]:
    """The stems of words, and which one each has: a dictionary made with the same analyzer knows
    that of most.
    """
    known = np.full(words.size, -1)
    kept = words_from([])
    if earlier is not None:
        everything, of_words, of_earlier = merged(words, words_in(earlier, "words"))
        starts: Numbers = earlier["stems.starts"].whole().astype(np.int64)
        numbers = np.full(everything.size, -1)
        numbers[of_earlier[earlier["stems.words"].whole()]] = np.repeat(
            np.arange(len(starts) - 1), starts[1:] - starts[:-1]
        )
        known = numbers[of_words]
        used = np.unique(known[known >= 0])
        kept = words_in(earlier, "stems").taken(used)
        known[known >= 0] = np.searchsorted(used, known[known >= 0])
    news = np.flatnonzero(known < 0)
    new_stems = analyzer.stems(words.texts(news))
    places = {stem: place for place, stem in enumerate(sorted(set(new_stems)))}
    stems, of_kept, of_new = merged(kept, words_from([*places]))
    groups = np.empty(words.size, np.int64)
    groups[known >= 0] = of_kept[known[known >= 0]]
    groups[news] = of_new[[places[stem] for stem in new_stems]]
    return stems, groups


def _write_families(
    file: SectionsWriter, segments: Sequence[Sections], live: Sequence[Live]
) -> None:
    names, maps = _union([words_in(segment, "family") for segment in segments])
    bases = [0, *accumulate(map(len, live))]
    families, docs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for segment, documents, places, base in zip(segments, live, maps, bases, strict=False):
        own = segment["family.docs"].whole().astype(np.int64)
        starts: Numbers = segment["family.starts"].whole().astype(np.int64)
        of = np.repeat(places, starts[1:] - starts[:-1])
        families.append(of[documents[own]])
        docs.append(own[documents[own]] + base)
    there = np.bincount(np.concatenate(families), minlength=names.size) > 0
    for segment, documents, base in zip(segments, live, bases, strict=False):
        of, own = _originals(segment, documents, names, there)
        families.append(of)
        docs.append(own + base)
    family, doc = np.concatenate(families), np.concatenate(docs)
    order = np.lexsort((doc, _first_days(segments)[doc], family))
    doc, numbers = doc[order], (np.cumsum(there) - 1)[family[order]]
    names.taken(np.flatnonzero(there)).write(file, "families")
    starts = np.searchsorted(numbers, np.arange(int(there.sum()) + 1))
    file.array("families.starts", starts.astype("<u4"))
    file.array("families.docs", doc.astype("<u4"))
    by_doc = np.argsort(doc, kind="stable")
    for number, (base, end) in enumerate(pairwise(bases)):
        own = by_doc[np.searchsorted(doc[by_doc], base) : np.searchsorted(doc[by_doc], end)]
        file.array(f"families.members.{number}", (doc[own] - base).astype("<u4"))
        file.array(f"families.of.{number}", numbers[own].astype("<u4"))


def _originals(
    segment: Sections, documents: Live, names: Words, there: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Families that are named after an article of a segment which is in them, and that article."""
    everything, of_ids, of_names = merged(words_in(segment, "article"), names)
    places = np.full(everything.size, -1)
    starts = segment["article.starts"].whole()
    places[of_ids] = segment["article.docs"].whole()[starts[:-1]]
    docs = places[of_names]
    is_original = np.append(documents, False)
    is_original[segment["family.docs"].whole()] = False
    found = np.flatnonzero(there & is_original[docs])  # of none: the last
    return found, docs[found]


def _first_days(segments: Sequence[Sections]) -> NDArray[np.int64]:
    """The first day each article can have been published; undated after all others."""
    undated = np.iinfo(np.int32).max
    days = []
    for segment in segments:
        rows = segment["published.rows"].whole().astype(np.int64)
        earliest = np.append(segment["published.earliest"].whole(), undated)
        days.append(np.where(rows[1:] > rows[:-1], earliest[rows[:-1]], undated))
    return np.concatenate(days) if days else np.zeros(0, np.int64)
