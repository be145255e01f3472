"""Containers: articles bundled as collectors have them: in a dump, a feed, a crawl.

Every function gives the same bytes at every run: fixed dates and record ids, no time in gzip.
"""

from __future__ import annotations

import gzip
import io
import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.demo.outlets import OUTLETS
from corpus.demo.pages import body, page
from corpus.demo.sidecar import DemoArticle

CRAWLED = "2026-11-20T06:00:00Z"


def dump(chosen: Sequence[DemoArticle], articles: Sequence[DemoArticle]) -> bytes:
    """JSONL: one record an article, every second one with its page's HTML instead of text."""
    lines = []
    for number, article in enumerate(chosen):
        outlet = OUTLETS[article.outlet]
        record = {
            "id": f"{outlet.key}-{number + 1:04d}",
            "title": article.title,
            "date": article.published.iso if article.published else None,
            "url": outlet.url(article),
            "outlet": outlet.name,
            "language": article.language,
            "bylines": list(article.bylines),
            "desk": article.section,
        }
        key, value = ("html", page(article, articles)) if number % 2 else ("text", article.text)
        record[key] = value
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def feed(chosen: Sequence[DemoArticle], articles: Sequence[DemoArticle]) -> bytes:
    """RSS 2.0 with the full text of each item as `content:encoded`."""
    outlet = OUTLETS[chosen[0].outlet]
    items = []
    for article in chosen:
        if article.published is None:
            date = ""
        else:
            moment = datetime.fromisoformat(article.published.iso).replace(tzinfo=UTC)
            date = f"<pubDate>{format_datetime(moment)}</pubDate>"
        creators = "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in article.bylines)
        content = body(article, articles).replace("]]>", "]]&gt;")
        items.append(
            f"<item><title>{escape(article.title)}</title><link>{outlet.url(article)}</link>"
            f'<guid isPermaLink="true">{outlet.url(article)}</guid>{date}{creators}'
            f"<description>{escape(article.paragraphs[0])}</description>"
            f"<content:encoded><![CDATA[{content}]]></content:encoded></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>'
        f"<title>{outlet.name}</title><link>{outlet.home}/</link>"
        f"<description>Full reports of {outlet.name}</description><language>en</language>\n"
        f"{''.join(items)}</channel>\n</rss>\n"
    ).encode()


def crawl(chosen: Sequence[DemoArticle], articles: Sequence[DemoArticle]) -> bytes:
    """WARC/1.0: a warcinfo record, then one response a page; each record its own gzip member."""
    out = io.BytesIO()
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False)
    records = [writer.create_warcinfo_record("crawl.warc.gz", {"software": "dispatches demo"})]
    for article in chosen:
        head = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        content = page(article, articles).encode()
        records.append(
            writer.create_warc_record(
                OUTLETS[article.outlet].url(article),
                "response",
                payload=io.BytesIO(content),
                length=len(content),
                http_headers=head,
            )
        )
    for number, record in enumerate(records):
        name = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'dispatches-demo-{number}')}"
        record.rec_headers.replace_header("WARC-Record-ID", f"<{name}>")
        record.rec_headers.replace_header("WARC-Date", CRAWLED)
        writer.write_record(record)
        out.write(gzip.compress(plain.getvalue(), mtime=0))
        plain.seek(0)
        plain.truncate()
    return out.getvalue()
