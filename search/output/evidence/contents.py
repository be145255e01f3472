"""Contents: what does a package hold of one article? Files, made as they are asked for."""

from __future__ import annotations

import difflib
import json
import mimetypes
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from corpus.article import Article
from corpus.dates import PartialDate
from corpus.store import Catalogue, Intake, Original, Sighting, StoredArticle
from search.dossiers.accounts import ItemAccount, NoteAccount
from search.output.evidence import crawled
from search.output.evidence.crawled import records_of
from search.output.evidence.pages import ArticleFacts, article_page
from search.output.evidence.redaction import Redaction

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/xml": ".xml",
}


def files_of(
    item: ItemAccount, catalogue: Catalogue, redaction: Redaction, *, originals: bool, software: str
) -> Iterator[tuple[str, bytes]]:
    """Everything about one article, by its path below its folder.

    Args:
        originals: whether the bytes that were collected are among it.
        software: what makes the package.
    """
    versions = catalogue.versions(item.id)
    sightings = catalogue.sightings(item.id)
    own_id = versions[0].article.article_id
    intakes = list(catalogue.intakes(own_id))
    current = catalogue.article(item.id)
    named: dict[str, str] = {}
    found: dict[str, Original] = {}
    for sha256 in dict.fromkeys(seen.original_sha256 for seen in sightings if originals):
        found[sha256] = original = catalogue.original(sha256)
        named[sha256] = f"originals/{sha256}{_suffix(original.media_type)}"
        yield named[sha256], original.content
    if records := records_of(sightings, found, software=software):
        yield crawled.NAME, records
    facts = ArticleFacts(
        item=item,
        current=current,
        versions=versions,
        sightings=sightings,
        intakes=intakes,
        differences=_differences(versions),
        originals=named,
        records=crawled.NAME if records else "",
        reprint_of=catalogue.reprint_of(item.id),
    )
    yield "reading.txt", _utf8(redaction.text(current.article.reading))
    for name, value in _values(facts, bool(redaction)):
        yield name, as_json(redaction.value(value))
    for stored in versions:
        folder = f"versions/{stored.version}"
        yield f"{folder}/reading.txt", _utf8(redaction.text(stored.article.reading))
        yield f"{folder}/metadata.json", as_json(redaction.value(_metadata(stored)))
        yield f"{folder}/removed.json", as_json(redaction.value(_removed(stored.article)))
    for name, text in facts.differences.items():
        yield f"differences/{name}.diff", _utf8(redaction.text(text))
    yield "index.html", _utf8(article_page(facts, redaction))


def _values(facts: ArticleFacts, redacted: bool) -> Iterator[tuple[str, Any]]:
    current = facts.current
    yield "metadata.json", _metadata(current) | {"reprint_of": facts.reprint_of}
    yield "removed.json", _removed(current.article)
    yield "sightings.json", [_sighting(seen) for seen in facts.sightings]
    # A record holds addresses and names of files, word for word: without names it has no link.
    yield "intakes.json", [_intake(one, whole=not redacted) for one in facts.intakes]
    yield "annotations.json", web_annotations(facts.item)


def as_json(value: Any) -> bytes:
    """An object for programs and people alike."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return _utf8(f"{text}\n")


def web_annotations(item: ItemAccount) -> list[dict[str, Any]]:
    """Passages and notes of an article, in the Web Annotation model of W3C."""
    made = [
        _annotation(note, {"source": f"urn:dispatches:article:{item.id}"}) for note in item.notes
    ]
    for one in item.passages:
        target = {
            "source": f"urn:dispatches:article:{item.id}",
            "state": {"version": one.version, "standing": one.standing},
            "selector": [
                {"type": "TextPositionSelector", "start": one.start, "end": one.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": one.exact,
                    "prefix": one.prefix,
                    "suffix": one.suffix,
                },
            ],
        }
        if one.standing == "lost":
            target["selector"] = target["selector"][1:]  # type: ignore[index]
        made.append(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": f"urn:dispatches:passage:{one.id}",
                "type": "Annotation",
                "motivation": "highlighting",
                "creator": one.who,
                "created": one.when,
                "target": target,
            }
        )
        made += [_annotation(note, target) for note in one.notes]
    return made


def _annotation(note: NoteAccount, target: dict[str, Any]) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dispatches:note:{note.id}",
        "type": "Annotation",
        "motivation": "commenting",
        "creator": note.who,
        "created": note.when,
        "body": {"type": "TextualBody", "format": "text/markdown", "value": note.text},
        "target": target,
    }


def _metadata(stored: StoredArticle) -> dict[str, Any]:
    """What was read in the page, and where each thing stood."""
    article = stored.article
    plain = asdict(article)
    for name in ("text", "standfirst", "captions", "removed", "published", "modified", "quality"):
        del plain[name]
    return plain | {
        "kind": article.kind.value,
        "version": stored.version,
        "collected": stored.collected.isoformat(),
        "first_collected": stored.first_collected.isoformat(),
        "original_sha256": stored.original_sha256,
        "read_by": stored.cleaner,
        "published": _date(article.published),
        "modified": _date(article.modified),
        "captions": list(article.captions),
        "doubts": list(article.quality.flags),
    }


def _date(value: PartialDate | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"date": value.iso, "precision": value.precision.value, "basis": value.basis}


def _removed(article: Article) -> list[dict[str, str]]:
    return [{"rule": block.rule, "text": block.text} for block in article.removed]


def _sighting(seen: Sighting) -> dict[str, Any]:
    return asdict(seen) | {"collected": seen.collected.isoformat()}


def _intake(one: Intake, *, whole: bool) -> dict[str, Any]:
    told = {
        "number": one.link.number,
        "link": one.link.sha256,
        "taken": one.taken.isoformat() if one.taken else None,
    }
    return told | ({"before": one.before, "record": one.record} if whole else {})


def _differences(versions: list[StoredArticle]) -> dict[str, str]:
    """What each version has otherwise than the one before, paragraph by paragraph."""
    made = {}
    for old, new in pairwise(versions):
        name = f"{old.version}-{new.version}"
        made[name] = "".join(
            f"{line}\n"
            for line in difflib.unified_diff(
                _paragraphs(old), _paragraphs(new), str(old.version), str(new.version), lineterm=""
            )
        )
    return made


def _paragraphs(stored: StoredArticle) -> list[str]:
    return [stored.article.title, *stored.article.reading.split("\n\n")]


def _suffix(media_type: str) -> str:
    kind = media_type.partition(";")[0].strip().lower()
    return _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
