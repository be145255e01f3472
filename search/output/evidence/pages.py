"""Pages of a package: what a person reads in it, offline, on a screen or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from corpus.dates import PartialDate
from corpus.store import Intake, Sighting, StoredArticle
from search.dossiers.accounts import Account, ItemAccount
from search.dossiers.reports import noted, page, sheet
from search.output.evidence.redaction import WITHHELD, Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """All that is told of one article.

    Attributes:
        differences: between versions, by `1-2`.
        records: where records of a crawl are; empty where there are none.
        originals: where the bytes of each original are in the package, by SHA-256.
    """

    item: ItemAccount
    current: StoredArticle
    versions: list[StoredArticle]
    sightings: list[Sighting]
    intakes: list[Intake]
    differences: Mapping[str, str]
    originals: Mapping[str, str]
    records: str
    reprint_of: str | None


def front_page(
    account: Account, told: Mapping[str, str], redaction: Redaction, *, generation: str
) -> str:
    """The page that a package is opened at.

    Args:
        told: what was asked, by whom, with what: name and value, in order.
    """
    links = {item.id: f"articles/{item.id}/index.html" for item in account.items}
    inside = sheet(account, generation=generation, links=links)
    about = _table(told.items())
    withheld = (
        "<p><strong>Names were withheld in this package.</strong> Each stands as "
        f"{escape(WITHHELD)}.</p>"
        if redaction
        else ""
    )
    facts = f"<h2>About this package</h2>\n{withheld}\n{about}\n{_CHECKING}"
    return page(account.name, inside.replace("</main>", f"{facts}\n</main>"))


_CHECKING = """\
<h2>How to check it</h2>
<p>Beside the folder <code>data</code> lie the manifests, with the SHA-256 of every file, and
<code>verify.py</code>, which compares them with nothing but Python. <code>README.txt</code> says
how to check the signature with openssl.</p>"""


def article_page(facts: ArticleFacts, redaction: Redaction) -> str:
    """All about one article."""
    item, current = facts.item, facts.current
    article = current.article
    known = {
        "Article": item.id,
        "Outlet": _based(article.outlet, article.basis.get("outlet", "")),
        "Authors": _based("; ".join(article.bylines), article.basis.get("bylines", "")),
        "Agencies": "; ".join(article.agencies),
        "Published": _dated(article.published),
        "Modified": _dated(article.modified),
        "Address": article.url or "",
        "Language": article.language,
        "Version": f"{current.version} of {len(facts.versions)}",
        "Collected": current.collected.isoformat(timespec="seconds"),
        "SHA-256 of the original": current.original_sha256,
        "The text of": facts.reprint_of or "",
        "Doubts": ", ".join(article.quality.flags),
    }
    parts = [
        '<main><p class="known"><a href="../../index.html">All articles</a></p>',
        f'<h1 dir="auto">{_safe(article.title or item.id, redaction)}</h1>',
        _table((name, redaction.text(value)) for name, value in known.items()),
        "<h2>Reading</h2>",
        *(f'<p dir="auto">{_safe(part, redaction)}</p>' for part in article.reading.split("\n\n")),
        *([f"<h2>Passages and notes</h2>\n{noted(item)}"] if item.notes or item.passages else []),
        "<h2>Seen</h2>",
        _list(redaction.text(_seen(one)) for one in facts.sightings),
        "<h2>Taken in</h2>",
        _list(map(_taken, facts.intakes)),
        "<h2>What was taken out of the page</h2>",
        _list(redaction.text(f"{one.rule}: {one.text}") for one in article.removed),
    ]
    for name, text in facts.differences.items():
        parts += [
            f"<h2>Versions {name.replace('-', ' and ')}</h2>",
            f'<pre dir="auto">{_safe(text, redaction)}</pre>',
        ]
    if facts.originals:
        links = (
            f'<li><a href="{escape(path)}">{sha256}</a></li>'
            for sha256, path in facts.originals.items()
        )
        parts += ["<h2>Originals</h2>", "<ul>", *links, "</ul>"]
    if facts.records:
        parts.append(f'<p><a href="{facts.records}">As records of a crawl (WARC)</a></p>')
    parts.append("</main>")
    return page(redaction.text(article.title or item.id), "\n".join(parts))


def _seen(seen: Sighting) -> str:
    place = seen.url or seen.locator
    when = seen.collected.isoformat(timespec="seconds")
    return f"{when}: {place} (version {seen.version}, {seen.reader}, {seen.original_sha256})"


def _taken(one: Intake) -> str:
    when = one.taken.isoformat(timespec="seconds") if one.taken else "before there was a chain"
    return f"intake {one.link.number}, {when}, link {one.link.sha256}"


def _dated(value: PartialDate | None) -> str:
    return _based(f"{value.iso} ({value.precision.value})", value.basis) if value else ""


def _based(value: str, basis: str) -> str:
    return f"{value}, as {basis} says" if value and basis else value


def _safe(text: str, redaction: Redaction) -> str:
    return escape(redaction.text(text))


def _table(rows: Iterable[tuple[str, str]]) -> str:
    told = (
        f'<tr><th scope="row">{escape(name)}</th><td dir="auto">{escape(value)}</td></tr>'
        for name, value in rows
        if value
    )
    return "\n".join(["<table>", *told, "</table>"])


def _list(lines: Iterable[str]) -> str:
    items = [f'<li dir="auto">{escape(line)}</li>' for line in lines]
    return "\n".join(["<ul>", *items, "</ul>"]) if items else "<p>Nothing.</p>"
