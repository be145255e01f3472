"""Which reports in other languages are found by questions without names, mostly in English?

Each set holds questions and, in each language, one report of one or two sentences that answers it;
they are ours, and each says when it was written. Among them lie the reports of all other sets and,
where `../shared/data` is, short texts of news and Wikipedia in five of the languages.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.articles import SHARED
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from search.help.translation.lists import lists
from search.help.translation.translator import Translator
from search.request import SearchRequest
from search.serving.open_index import OpenIndex

SETS = ("reporting", "happenings", "beside_war")
ALL_SETS = (*SETS, "further", "later")
"""With two that are in three languages only."""
_QUESTIONS, _IN_THREE_MORE = "questions", "in_three_more"
"""Questions of `reporting` as they are asked in its languages and in two of those three."""
_LABELED = {
    "ar": ("ar-anercorp", "ar-aqmar"),
    "de": ("de-germeval",),
    "fr": ("fr-europeana",),
    "ru": ("ru-factrueval", "ru-unerpud"),
    "tr": ("tr-wikiner",),
}
_MOST_TEXTS = 3000  # of a language
_FIRST = 10


@dataclass(frozen=True, slots=True)
class Report:
    """A report that answers a question."""

    question: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of the questions of a set, by language.

    Attributes:
        first: whose report is the first hit.
        ten: whose report is among the first ten.
        shown: those, or below them as related by meaning.
        milliseconds: of CPU time a question, in all languages together, the middle one.
    """

    first: Mapping[str, float]
    ten: Mapping[str, float]
    shown: Mapping[str, float]
    milliseconds: float


def reports(name: str) -> tuple[Report, ...]:
    """A set."""
    lines = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Report(*line.split("\t")) for line in lines if not line.startswith("#"))


def collect(home: Home, *, beside: bool, meaning: bool) -> None:
    """All reports as a collection, read and found in as any other is.

    Args:
        beside: with the texts among which they lie, where these are.
        meaning: with vectors.
    """
    sets = (*ALL_SETS, _IN_THREE_MORE)
    texts = {(one.language, one.text): None for name in sets for one in reports(name)}
    if beside:
        texts.update(dict.fromkeys(_others()))
    dump = home.path / "texts.jsonl"
    home.path.mkdir(parents=True, exist_ok=True)
    with dump.open("w", encoding="utf-8") as file:
        for number, (language, text) in enumerate(texts):
            url = f"https://example.org/{language}/{number}"
            record = {"url": url, "title": "", "text": text, "language": language}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    with Catalogue.open(home) as catalogue:
        ingest([dump], catalogue)
    rebuild(home, meaning=meaning)


def measured(name: str, index: OpenIndex, translator: Translator, *, related: int = 0) -> Found:
    """Asks the questions of a set.

    Args:
        related: how many articles may stand below the hits of a list.
    """
    by_question: dict[str, dict[str, str]] = defaultdict(dict)
    for one in reports(name):
        by_question[one.question][one.language] = one.text
    return _found(by_question, index, translator, related)


def languages_asked_in() -> tuple[str, ...]:
    """The codes of those other than English in which there are questions."""
    return tuple(sorted({one.language for one in reports(_QUESTIONS)}))


def measured_from(source: str, index: OpenIndex, translator: Translator) -> Found:
    """Asks questions in a language other than English, which nothing tells but themselves.

    Args:
        source: the code of the language.
    """
    texts = {(one.question, one.language): one.text for one in reports("reporting")}
    texts.update({(one.question, one.language): one.text for one in reports(_IN_THREE_MORE)})
    languages = {language for _, language in texts} - {source}
    asked = {
        one.text: {language: texts[one.question, language] for language in languages}
        for one in reports(_QUESTIONS)
        if one.language == source
    }
    return _found(asked, index, translator)


def _found(
    asked: Mapping[str, Mapping[str, str]],
    index: OpenIndex,
    translator: Translator,
    related: int = 0,
) -> Found:
    """What is found of reports: by question, and by language."""
    first, ten, shown = (Counter[str]() for _ in range(3))
    taken = []
    for question, texts in asked.items():
        request = SearchRequest(text=question, limit=_FIRST, highlight=False, related=related)
        begun = time.process_time()
        answer = lists(request, index, translator)
        taken.append(1000 * (time.process_time() - begun))
        for found in answer.lists:
            hits = [hit.document.text for hit in found.hits]
            below = [one.document.text for one in found.related]
            text = texts.get(found.language, "")
            first[found.language] += hits[:1] == [text]
            ten[found.language] += text in hits
            shown[found.language] += text in hits or text in below
    having = Counter(language for texts in asked.values() for language in texts)

    def share(counted: Counter[str]) -> dict[str, float]:
        return {language: counted[language] / having[language] for language in sorted(having)}

    return Found(share(first), share(ten), share(shown), median(taken))


def _others() -> Iterator[tuple[str, str]]:
    """Pairs of sentences of labeled texts."""
    for language, names in _LABELED.items():
        texts: dict[str, None] = {}
        for path in (SHARED / "entities" / "languages" / f"{name}.jsonl.gz" for name in names):
            if path.exists():
                texts.update(dict.fromkeys(_pairs(path)))
        yield from ((language, text) for text in list(texts)[:_MOST_TEXTS])


def _pairs(path: Path) -> Iterator[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            groups[record["id"]].append(" ".join(record["tokens"]))
    for sentences in groups.values():
        for start in range(0, len(sentences), 2):
            yield " ".join(sentences[start : start + 2])
