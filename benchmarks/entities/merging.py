"""How well are names merged? B-cubed, pairwise and facet-level, against identities made by people.

* `diplomatic_persons`: mentions of persons in foreign-policy papers, identified by historians, a
  volume a collection. The mentions are given, so that merging alone is measured; or found in the
  papers as in any article, and those compared that historians identified.
* `world_events_linked`: links of Wikipedia's Current Events portal; the article that a name links
  to is its identity. Only names that the tagger finds exactly are compared.

B-cubed after Bagga and Baldwin (1998); pairwise over all pairs of mentions of a collection; facet:
(article, entity) pairs, entities matched one to one with identities, most shared mentions first.
"""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from indexer.entities import Authority, Canonicaliser, Recognition, lexicon, tagger
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.linking import link
from indexer.entities.within_article.recogniser import recognise


class Identified(NamedTuple):
    """One article: its recognition, and the true identity of each mention, None where unknown."""

    article_id: str
    recognition: Recognition
    identities: tuple[str | None, ...]


@dataclass(slots=True)
class Quality:
    """Sums over collections; the properties are shares."""

    mentions: int = 0
    b_cubed: list[float] = field(default_factory=lambda: [0.0, 0.0])
    pairs: list[int] = field(default_factory=lambda: [0, 0, 0])
    facets: list[int] = field(default_factory=lambda: [0, 0, 0])

    def summary(self) -> dict[str, float]:
        """Precision, recall and F1 of each measure, four digits."""
        precision, recall = (value / max(1, self.mentions) for value in self.b_cubed)
        figures = {
            "mentions": float(self.mentions),
            "b_cubed_precision": precision,
            "b_cubed_recall": recall,
            "b_cubed_f1": 2 * precision * recall / ((precision + recall) or 1),
        }
        for name, (right, found, wanted) in (("pairwise", self.pairs), ("facet", self.facets)):
            figures[f"{name}_precision"] = right / max(1, found)
            figures[f"{name}_recall"] = right / max(1, wanted)
        return {name: round(value, 4) for name, value in figures.items()}

    def add(self, articles: Sequence[Identified], kinds: frozenset[EntityKind]) -> None:
        """Merges one collection, and counts how it went for names of these kinds."""
        compared = list(_compared(articles, kinds))
        true = Counter(identity for _, identity, _ in compared)
        made = Counter(entity for _, _, entity in compared)
        both = Counter((identity, entity) for _, identity, entity in compared)
        self.mentions += len(compared)
        for (identity, entity), count in both.items():
            self.b_cubed[0] += count * count / made[entity]
            self.b_cubed[1] += count * count / true[identity]
        for slot, sizes in enumerate((both.values(), made.values(), true.values())):
            self.pairs[slot] += sum(size * (size - 1) // 2 for size in sizes)
        matched = _one_to_one(both)
        found = {(article, entity) for article, _, entity in compared}
        wanted = {(article, identity) for article, identity, _ in compared}
        self.facets[0] += len({(one, matched.get(entity)) for one, entity in found} & wanted)
        self.facets[1] += len(found)
        self.facets[2] += len(wanted)


def _compared(
    articles: Sequence[Identified], kinds: frozenset[EntityKind]
) -> Iterator[tuple[str, str, str]]:
    """(article, identity, entity) of each mention that has both."""
    canonicaliser = Canonicaliser(Authority())
    for article in articles:
        canonicaliser.observe(article.article_id, article.recognition)
    canonicaliser.settle()
    for article in articles:
        entities, placed = canonicaliser.resolve(article.article_id, article.recognition)
        kind_of = {entity.entity_id: entity.kind for entity in entities}
        meant = {one.start: one.entity_id for one in placed if kind_of[one.entity_id] in kinds}
        for (start, _, _), identity in zip(
            article.recognition.spans, article.identities, strict=True
        ):
            if identity is not None and start in meant:
                yield article.article_id, identity, meant[start]


def _one_to_one(both: Counter[tuple[str, str]]) -> dict[str, str]:
    matched: dict[str, str] = {}
    for (identity, entity), _ in both.most_common():
        if entity not in matched and identity not in matched.values():
            matched[entity] = identity
    return matched


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def diplomatic(shared: Path, *, every: int = 1) -> Quality:
    """Merging of given mentions, over every n-th volume."""
    volumes: dict[str, list[Identified]] = defaultdict(list)
    for record in _records(shared / "entities" / "diplomatic_persons.jsonl.gz"):
        volumes[record["id"].partition("#")[0]].append(_with_identities(record))
    quality = Quality()
    for name in sorted(volumes)[::every]:
        quality.add(volumes[name], frozenset({EntityKind.PERSON}))
    return quality


def diplomatic_found(shared: Path, *, every: int = 1) -> Quality:
    """Finding and merging together, over every n-th volume: persons found where historians have
    one.
    """
    volumes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in _records(shared / "entities" / "diplomatic_persons.jsonl.gz"):
        volumes[record["id"].partition("#")[0]].append(record)
    quality = Quality()
    for name in sorted(volumes)[::every]:
        articles = [_found_in(record) for record in volumes[name]]
        quality.add(articles, frozenset({EntityKind.PERSON}))
    return quality


def _found_in(record: dict[str, Any]) -> Identified:
    """A paper as it is read, each name with the identity of whom it overlaps."""
    text, known = record["text"], record["person_names"]
    recognition = recognise(record["title"], text, "en")
    persons = ((form, who) for form, who in record["persons"] if known.get(who))
    placed = list(_link_spans(text, persons))
    ends = [end for (_, end), _ in placed]
    identities: list[str | None] = []
    for start, end, *_ in recognition.spans:
        at = bisect_right(ends, start)
        overlaps = at < len(placed) and placed[at][0][0] < end
        identities.append(placed[at][1] if overlaps else None)
    return Identified(record["id"], recognition, tuple(identities))


def _with_identities(record: dict[str, Any]) -> Identified:
    mentions: list[Mention] = []
    identities: list[str | None] = []
    for form, identity in record["persons"]:
        honorific, name = _without_title(form.strip())
        if len(name) > 2 and name[0].isupper() and record["person_names"].get(identity):
            start = mentions[-1].end + 9 if mentions else 0
            end = start + len(name)
            mentions.append(Mention(start, end, EntityKind.PERSON, name, 1.0, "gold", honorific))
            identities.append(identity)
    return Identified(record["id"], link("", mentions), tuple(identities))


def _without_title(form: str) -> tuple[str, str]:
    """A form as the tagger would give it: title and name apart, no possessive."""
    honorific = ""
    name = re.sub(r"['’]s?$", "", form)
    while (words := name.partition(" "))[2]:
        title = words[0].lower().rstrip(".")
        if title not in lexicon.honorifics():
            break
        honorific, name = title, words[2]
    return honorific, name


def linked_events(shared: Path) -> Quality:
    """Tagging and merging together, over the linked events as one collection."""
    found = tagger()
    articles: list[Identified] = []
    for record in _records(shared / "articles" / "world_events_linked.jsonl.gz"):
        text = record["text"]
        mentions = found.tag(text, language="en")
        targets = dict(_link_spans(text, record.get("links", ())))
        identities = tuple(targets.get((one.start, one.end)) for one in mentions)
        articles.append(Identified(record["id"], link("", mentions), identities))
    quality = Quality()
    quality.add(articles, frozenset({EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE}))
    return quality


def _link_spans(text: str, links: Iterable[Sequence[str]]) -> Iterator[tuple[tuple[int, int], str]]:
    """((start, end), linked article), each link sought after the one before it."""
    at = 0
    for surface, target in links:
        start = text.find(surface, at)
        if start >= 0:
            at = start + len(surface)
            yield (start, at), target
