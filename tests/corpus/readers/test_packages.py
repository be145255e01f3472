"""Pages in packages: WACZ, MAFF, web archives; and crawls with the oddities of real ones."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.cleaner import clean
from corpus.errors import InputError
from corpus.soundness import CUT_OFF
from tests.corpus.readers.crawls import PAGE as CRAWLED
from tests.corpus.readers.crawls import crawl
from tests.corpus.readers.test_readers import documents, errors, read_bytes, zipped

PAGE = (
    b"<!doctype html><html><head><title></title></head><body><article><p>The ferry stayed in port"
    b" on Sunday, and the crews who had waited since noon went home, said the harbor master.</p>"
    b"<p>Two barges with grain were turned back at the mouth of the river before nightfall.</p>"
    b"</article></body></html>"
)


def wacz(*crawls: bytes, pages: bytes = b"") -> bytes:
    members = {f"archive/{number}.warc.gz": content for number, content in enumerate(crawls)}
    return zipped(
        {
            "indexes/index.cdx.gz": gzip.compress(b'com,h)/ 2022 {"url": "https://h.example/"}'),
            "indexes/index.idx": b"!meta 0",
            "pages/pages.jsonl": pages,
            "logs/crawl.log": b'{"text": "a line of the log, which is no article"}',
            **members,
            "datapackage.json": json.dumps({"profile": "data-package", "title": "T"}).encode(),
            "datapackage-digest.json": b'{"hash": "sha256:0"}',
        }
    )


def test_a_package_of_crawls_gives_their_pages_and_nothing_else(tmp_path: Path) -> None:
    pages = (
        b'{"format": "json-pages-1.0", "id": "pages"}\n'
        b'{"url": "https://h.example/2", "title": "Second", "ts": "2022-01-02T03:04:05Z"}\n'
        b'{"url": "https://h.example/9", "title": "Not crawled", "text": "Words of a page."}\n'
        b"{broken\n"
    )
    one = crawl(
        ("https://h.example/1", "A"),
        {"url": "urn:pageinfo:https://h.example/1", "title": "B", "kind": "resource"},
    )
    two = crawl({"url": "https://h.example/2", "body": PAGE})

    items = read_bytes(tmp_path, "a.zip", wacz(one, two, pages=pages))

    assert not errors(items)
    first, second = documents(items)
    assert (first.url, second.url) == ("https://h.example/1", "https://h.example/2")
    assert first.locator.endswith("a.zip!archive/0.warc.gz!https://h.example/1")
    assert clean(second).title == "Second"
    assert clean(first).title == "A"


def test_a_damaged_crawl_costs_a_package_only_itself(tmp_path: Path) -> None:
    whole = crawl(("https://h.example/1", "A"))
    items = read_bytes(tmp_path, "a.wacz", wacz(whole[: len(whole) // 2], b"", whole))

    assert [document.url for document in documents(items)] == ["https://h.example/1"]
    assert errors(items)


def test_a_package_is_held_to_its_budget(tmp_path: Path) -> None:
    bomb = crawl({"url": "https://h.example/1", "body": b"<p>" + b"a" * (100 << 20)})

    items = read_bytes(tmp_path, "a.wacz", wacz(bomb))

    assert not documents(items)
    assert {error.code for error in errors(items)} == {"unsafe_input"}


NOTE = b"""<?xml version="1.0"?>
<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"
 xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<RDF:Description RDF:about="urn:root">
<MAF:originalurl RDF:resource="https://h.example/ferry"/><MAF:title RDF:resource="Ferry stays"/>
<MAF:archivetime RDF:resource="Sun, 06 Mar 2022 10:00:00 +0200"/>
<MAF:indexfilename RDF:resource="page.html"/></RDF:Description></RDF:RDF>"""


def test_a_maff_file_gives_each_page_with_its_note(tmp_path: Path) -> None:
    members = {
        "1/index.rdf": NOTE, "1/page.html": PAGE, "1/index_files/frame.html": PAGE,
        "2/index.rdf": b"<broken", "2/index.html": PAGE,
        "3/index.rdf": NOTE,
    }  # fmt: skip
    items = read_bytes(tmp_path, "a.maff", zipped(members))

    first, second = documents(items)
    assert first.url == "https://h.example/ferry"
    assert first.collected == datetime(2022, 3, 6, 8, 0, tzinfo=UTC)
    assert clean(first).title == "Ferry stays"
    assert second.url is None
    (missing,) = errors(items)
    assert missing.where.endswith("a.maff!3")


@pytest.mark.parametrize("format_", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_gives_its_page(format_: plistlib.PlistFormat, tmp_path: Path) -> None:
    page = {
        "WebResourceData": "<p>Übergang</p>".encode("cp1252"),
        "WebResourceURL": "https://h.example/1",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "windows-1252",
    }
    archive = {"WebMainResource": page, "WebSubresources": [{"WebResourceData": b"p {}"}]}
    content = plistlib.dumps(archive, fmt=format_)

    (found,) = documents(read_bytes(tmp_path, "a.webarchive", content))
    assert found.content == page["WebResourceData"]
    assert (found.url, found.media_type) == (
        "https://h.example/1",
        "text/html; charset=windows-1252",
    )

    (damaged,) = errors(read_bytes(tmp_path, "b.webarchive", content[:-30]))
    assert damaged.code == "unreadable_input"
    other = plistlib.dumps({"Label": "x"}, fmt=format_)
    (none,) = errors(read_bytes(tmp_path, "c.webarchive", other))
    assert none.code == "unsupported_format"


# Crawls.


def record(
    url: str,
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    kind: str = "text/html",
    length: int = 0,
) -> bytes:
    http = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]).encode()
    block = http + b"\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2022-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {length or len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


TEXT = CRAWLED.format(title="T").encode()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", brotli.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT)),
        ("identity", TEXT),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
        ("br", TEXT),
    ],
)
def test_a_page_is_unpacked_as_its_headers_say(encoding: str, body: bytes, tmp_path: Path) -> None:
    content = record("https://h.example/1", body, f"Content-Encoding: {encoding}")

    (page,) = documents(read_bytes(tmp_path, "a.warc", content))

    assert page.content == TEXT


def test_an_unknown_packing_is_an_error_and_a_bomb_is_refused(tmp_path: Path) -> None:
    odd = record("https://h.example/1", b"x", "Content-Encoding: compress")
    bomb = record("https://h.example/2", brotli.compress(b"a" * (80 << 20)), "Content-Encoding: br")

    items = read_bytes(tmp_path, "a.warc", odd + bomb + record("https://h.example/3", TEXT))

    assert [error.code for error in errors(items)] == ["unreadable_input", "unsafe_input"]
    assert [page.url for page in documents(items)] == ["https://h.example/3"]


_LENGTHS = {
    "giant": "9" * 30,
    "of more digits than a number may have": "9" * 5000,
    "of 64 bits": str(2**63),
    "longer than the file": "999999",
    "longer, with a sign": "+1200",
    "longer, as programs write it": "1_200",
    "negative": "-1",
    "a giant below nothing": "-" + "9" * 30,
    "no number": "abc",
    "a power": "1e9",
    "hexadecimal": "0x10",
    "of other digits": "١٢٣",
    "two": "12 34",
    "nothing": "0",
    "within its head": "5",
    "within its page": "200",
    "one byte too short": "-",
}


@pytest.mark.parametrize("packing", ["none", "by record", "as a whole"])
@pytest.mark.parametrize("length", _LENGTHS.values(), ids=_LENGTHS.keys())
def test_a_record_of_a_wrong_length_costs_itself_and_is_counted(
    length: str, packing: str, tmp_path: Path
) -> None:
    def packed(parts: list[bytes]) -> bytes:
        if packing == "by record":
            return b"".join(map(gzip.compress, parts))
        return gzip.compress(b"".join(parts)) if packing == "as a whole" else b"".join(parts)

    right = record("https://h.example/odd", TEXT)
    own = re.search(rb"Content-Length: (\d+)", right)
    assert own is not None
    told = length if length != "-" else str(int(own[1]) - 1)
    odd = right.replace(own[0], f"Content-Length: {told}".encode())
    others = [record(f"https://h.example/{number}", TEXT) for number in range(4)]

    for place in (0, 2, 4):
        content = packed([*others[:place], odd, *others[place:]])
        items = read_bytes(tmp_path, "a.warc", content)
        urls = [page.url for page in documents(items)]
        assert [url for url in urls if url != "https://h.example/odd"] == [
            f"https://h.example/{number}" for number in range(4)
        ]
        (error,) = errors(items)
        assert error.code == "unreadable_input"


@pytest.mark.parametrize(
    ("status", "header", "read"),
    [
        ("203 Non-Authoritative", "X: y", True),
        ("206 Partial Content", "Content-Range: bytes 0-99/100", True),
        ("206 Partial Content", "X: y", True),
        ("206 Partial Content", "Content-Range: bytes 0-99/500", True),
        ("206 Partial Content", "Content-Range: bytes 100-499/500", False),
    ],
)
def test_a_part_that_is_the_whole_is_a_page(
    status: str, header: str, read: bool, tmp_path: Path
) -> None:
    content = record("https://h.example/1", TEXT, header, status=status)

    items = read_bytes(tmp_path, "a.warc", content)

    assert len(documents(items)) == read
    assert len(errors(items)) == (not read)
    cut = [CUT_OFF in clean(page).quality.flags for page in documents(items)]
    assert cut == ["/500" in header] * read


@given(
    sizes=st.lists(st.integers(1, 300), min_size=1, max_size=9),
    said=st.sampled_from([b"", b";name=value", b" ; a"]),
    ends=st.sampled_from([b"0\r\n\r\n", b"0\r\nExpires: never\r\nX: y\r\n\r\n", b"000\r\n\r\n"]),
    packs=st.booleans(),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_sent_in_pieces_is_put_together(
    sizes: list[int], said: bytes, ends: bytes, packs: bool
) -> None:
    body = brotli.compress(TEXT) if packs else TEXT
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        piece = body[at : at + sizes[len(pieces) % len(sizes)]]
        pieces.append(b"%x%s\r\n%s\r\n" % (len(piece), said, piece))
        at += len(piece)
    headers = "Transfer-Encoding: chunked" + ("\r\nContent-Encoding: br" if packs else "")
    sent = record("https://h.example/1", b"".join(pieces) + ends, headers)
    cut = record("https://h.example/2", b"".join(pieces)[:-3], headers)

    with TemporaryDirectory() as folder:
        (page,) = documents(read_bytes(Path(folder), "a.warc", sent))
        (part,) = read_bytes(Path(folder), "b.warc", cut)

    assert page.content == TEXT
    assert CUT_OFF not in clean(page).quality.flags
    assert isinstance(part, InputError) or CUT_OFF in clean(part).quality.flags


def test_a_page_that_cannot_be_unpacked_is_no_silent_loss(tmp_path: Path) -> None:
    content = record("https://h.example/1", bytes(range(1, 256)) * 9) + record(
        "https://h.example/robots.txt", b"User-agent: *\nDisallow: /", "X: y", kind="text/plain"
    )

    items = read_bytes(tmp_path, "a.warc", content)

    assert not documents(items)
    (error,) = errors(items)
    assert "sent as text/html" in error.what


def test_a_package_of_packages_gives_the_pages_of_all(tmp_path: Path) -> None:
    one, two = (wacz(crawl((f"https://h.example/{name}", name))) for name in "AB")
    members = {
        "a.wacz": one,
        "b.wacz": two,
        "datapackage.json": b'{"profile": "multi-wacz-package"}',
    }

    items = read_bytes(tmp_path, "all.wacz", zipped(members))

    assert not errors(items)
    assert [page.url for page in documents(items)] == ["https://h.example/A", "https://h.example/B"]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\n"])
def test_what_stands_before_a_crawl_costs_no_record(before: bytes, tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.warc", before + record("HTTPS://H.Example/1", TEXT))

    assert not errors(items)
    assert [page.content for page in documents(items)] == [TEXT]


@pytest.mark.parametrize("length", [10**15, 10**30, 800])
def test_a_wrong_length_costs_its_record_and_no_other(length: int, tmp_path: Path) -> None:
    content = (
        record("https://h.example/1", TEXT)
        + record("https://h.example/2", TEXT, length=length)
        + record("https://h.example/3", TEXT)
        + record("https://h.example/4", TEXT)
    )
    items = read_bytes(tmp_path, "a.warc", content)

    assert [page.url for page in documents(items)] == [
        f"https://h.example/{number}" for number in (1, 3, 4)
    ]
    (error,) = errors(items)
    assert "a damaged record" in error.what


@pytest.mark.parametrize(
    "script",
    [
        b"/*! Box */ (function(){document.write('<div><h1>T</h1><p>Words</p></div>')})();",
        b"var box = '<title>T</title><div><p>Words of the box</p></div>';",
        b"// box\nimport {a} from 'b'; const c = '<div><p>Words</p></div><h1>T</h1>';",
    ],
)
@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/x-javascript", ""])
def test_a_script_is_no_page_whatever_it_is_called(
    script: bytes, kind: str, tmp_path: Path
) -> None:
    content = record("https://h.example/s?f=1", script, kind=kind)

    assert read_bytes(tmp_path, "a.warc", content) == []


def test_a_page_may_begin_with_words_that_scripts_begin_with(tmp_path: Path) -> None:
    page = b"Importance of the function of <b>var</b><html><body><p>Words</p></body></html>"

    assert len(documents(read_bytes(tmp_path, "a.warc", record("https://h.example/1", page)))) == 1


def test_a_zip_member_that_is_encrypted_costs_itself(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.html", PAGE)
        archive.writestr("b.html", PAGE)
    content = bytearray(buffer.getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of encryption, in the directory
    content[6] |= 1

    items = read_bytes(tmp_path, "a.zip", bytes(content))

    assert len(documents(items)) == len(errors(items)) == 1


@pytest.mark.parametrize(
    ("announced", "more", "is_part"),
    [
        (0, "", False),
        (1, "", True),
        (-9, "", False),  # kept unpacked: longer than what was sent
        (0, "WARC-Truncated: length\r\n", True),
        (1, "Transfer-Encoding", False),  # sent in chunks, whose length nobody announces truly
    ],
)
def test_a_record_that_holds_less_than_was_announced_is_flagged(
    announced: int, more: str, is_part: bool, tmp_path: Path
) -> None:
    length = f"Content-Length: {len(PAGE) + announced}\r\n"
    chunked = more == "Transfer-Encoding"
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE) if chunked else PAGE
    length += "Transfer-Encoding: chunked\r\n" * chunked
    sent = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{length}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://h.example/1\r\n"
        "WARC-Date: 2024-03-05T18:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{more * (not chunked)}Content-Length: {len(sent)}\r\n\r\n"
    )
    crawled = head.encode() + sent + b"\r\n\r\n"

    (one,) = documents(read_bytes(tmp_path, "crawl.warc", crawled))

    assert ("cut_off" in clean(one).quality.flags) is is_part


def test_a_page_that_stays_packed_and_a_record_without_address_are_told_of(tmp_path: Path) -> None:
    packed = {"url": "https://h.example/1", "body": gzip.compress(b"<p>once</p>")}
    whole = crawl(packed, ("https://h.example/3", "B"), packed=False)
    nameless = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>here</p>\r\n\r\n"
    items = read_bytes(tmp_path, "a.warc", whole + nameless)
    assert [one.url for one in documents(items)] == ["https://h.example/3"]
    assert [error.what for error in errors(items)] == [
        "it is sent as text/html, and is none (or packed unsaid)",
        "the record names no address",
    ]
