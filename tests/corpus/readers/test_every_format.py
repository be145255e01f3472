"""Every format that is read: whole, damaged and huge, between two pages that must not suffer.

Each format has one builder of a file with so many articles. Whole, each is told as itself. Damaged
by a cut, by noise or by nothing left, it costs itself alone. Huge, it is read in little memory.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import plistlib
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
import zstandard

from corpus.intake.ingest import ingest
from corpus.intake.report import IngestReport
from corpus.readers.formats import READ, Format
from corpus.store import Catalogue
from tests.corpus.cleaner.test_books import epub, odt
from tests.corpus.cleaner.test_papers import pdf, word
from tests.corpus.readers.crawls import crawl
from tests.corpus.readers.test_editions import tei
from tests.corpus.readers.test_har import entry, har
from tests.corpus.readers.test_messengers import lines as signal_lines
from tests.corpus.readers.test_old_sheets import in_xml
from tests.corpus.readers.test_packages import wacz
from tests.corpus.readers.test_readers import (
    documents,
    errors,
    read_bytes,
    read_through,
    tarred,
    zipped,
)
from tests.corpus.readers.test_sheets import excel


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind of file, and how to make one.

    Attributes:
        name: of the file.
        build: its bytes with so many articles.
        many: whether a file holds more than one; else `build` is asked for one of so many sentences.
        packed: bytes of it hang together, so that damage may cost all of it.
    """

    name: str
    build: Callable[[int], bytes]
    many: bool = True
    packed: bool = False


TOWNS = "Orlanka Veshnoye Tarmat Kasbila Dorvik Hlyboka Marenne Sefat Lomza Arinj".split()


def told(number: int) -> str:
    """What an article says: no two alike."""
    return (
        f"The crossing at {TOWNS[number % 10]} was closed on the {number}th day of the siege. Drivers who had"
        f" waited since the night before counted {number + 3} trucks, and none of them was let through."
    )


def page(number: int) -> bytes:
    return (
        f"<!doctype html><html><head><title>Crossing {number} closed</title></head><body><article>"
        f"<h1>Crossing {number} closed</h1><p>{told(number)}</p><p>{told(number + 1000)}</p>"
        "</article></body></html>"
    ).encode()


def story(sentences: int) -> list[str]:
    return [told(number) for number in range(sentences)]


def lines(number: int) -> bytes:
    rows = ({"title": f"Crossing {at}", "text": told(at)} for at in range(number))
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def mhtml(sentences: int) -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        b"Content-Type: text/html\r\n\r\n" + saved(sentences) + b"\r\n--B--\r\n"
    )


def saved(sentences: int) -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in story(sentences))
    return f"<!doctype html><html><head><title>Crossings</title></head><body><article><h1>Crossings</h1>{paragraphs}</article></body></html>".encode()


def web_archive(sentences: int) -> bytes:
    main = {
        "WebResourceData": saved(sentences),
        "WebResourceURL": "https://h.example/1",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def warc(number: int) -> bytes:
    return crawl(*({"url": f"https://h.example/{at}", "body": page(at)} for at in range(number)))


def maff(number: int) -> bytes:
    return zipped({f"{at}/index.html": page(at) for at in range(number)})


def wiki(number: int) -> bytes:
    pages = "".join(
        f"<page><title>Crossing {at}</title><ns>0</ns><id>{at}</id><revision><id>{at}</id>"
        f"<timestamp>2023-03-03T10:00:00Z</timestamp><text>{told(at)}</text></revision></page>"
        for at in range(number)
    )
    return (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo>'
        f"<sitename>Harborpedia</sitename></siteinfo>{pages}</mediawiki>"
    ).encode()


def nitf(sentences: int) -> bytes:
    text = "".join(f"<p>{sentence}</p>" for sentence in story(sentences))
    return (
        '<?xml version="1.0"?><nitf><head><title>Crossings</title></head><body><body.head><hedline>'
        f"<hl1>Crossings</hl1></hedline></body.head><body.content>{text}</body.content></body></nitf>"
    ).encode()


def trec(number: int) -> bytes:
    return "".join(
        f"<DOC>\n<DOCNO> HW-{at} </DOCNO>\n<HEADLINE>Crossing {at}</HEADLINE>\n<TEXT>\n{told(at)}\n</TEXT>\n"
        "</DOC>\n"
        for at in range(number)
    ).encode()


def nexis(number: int) -> bytes:
    return "".join(
        f"{at + 1:>30} of {number} DOCUMENTS\n\n\n{'Harbor Herald':>40}\n\n{'March 3, 2023 Friday':>45}\n\n"
        f"Crossing {at}\n\nBYLINE: Ann Ray\n\nLENGTH: 40 words\n\n  {told(at)}\n\n"
        "LOAD-DATE: March 3, 2023\n\nLANGUAGE: ENGLISH\n\n"
        for at in range(number)
    ).encode()


def references(number: int) -> bytes:
    return "".join(
        f"TY  - NEWS\nTI  - Crossing {at}\nAU  - Ray, Ann\nDA  - 2023/03/03/\nAB  - {told(at)}\nER  - \n\n"
        for at in range(number)
    ).encode()


def notes(number: int) -> bytes:
    listed = "".join(
        f"<note><title>Crossing {at}</title><created>20230303T100000Z</created><content><![CDATA[<en-note>"
        f"<div>{told(at)}</div></en-note>]]></content></note>\n"
        for at in range(number)
    )
    return f'<?xml version="1.0"?>\n<en-export application="Evernote">{listed}</en-export>'.encode()


def letter(number: int) -> bytes:
    message = EmailMessage()
    message["Subject"] = f"Crossing {number}"
    message["From"] = "Ann Ray <ann@h.example>"
    message["Date"] = "Fri, 03 Mar 2023 10:00:00 +0200"
    message["Message-ID"] = f"<{number}@h.example>"
    message.set_content(told(number))
    return message.as_bytes()


def long_letter(sentences: int) -> bytes:
    return letter(0) + b"\n\n".join(sentence.encode() for sentence in story(sentences))


def mailbox(number: int) -> bytes:
    start = b"From ann@h.example Fri Mar  3 10:00:00 2023\n"
    return b"".join(start + letter(at) + b"\n" for at in range(number))


def feed(number: int) -> bytes:
    items = "".join(
        f"<item><title>Crossing {at}</title><link>https://h.example/{at}</link><guid>{at}</guid>"
        f"<description>{told(at)}</description></item>"
        for at in range(number)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'.encode()


def telegram(number: int) -> bytes:
    messages = [
        {
            "id": at + 1,
            "type": "message",
            "date": "2023-03-03T10:00:00",
            "date_unixtime": str(1677830400 + 60 * at),
            "from": "Harbor Watch",
            "from_id": "channel77",
            "text": told(at),
        }
        for at in range(number)
    ]
    channel = {"name": "Harbor Watch", "type": "public_channel", "id": 77, "messages": messages}
    return json.dumps(channel, indent=1).encode()


def tweets(number: int) -> bytes:
    listed = [
        {
            "tweet": {
                "id_str": str(at + 11),
                "full_text": told(at),
                "created_at": "Fri Mar 03 08:00:00 +0000 2023",
            }
        }
        for at in range(number)
    ]
    return b"window.YTD.tweets.part0 = " + json.dumps(listed, indent=2).encode()


def facebook(number: int) -> bytes:
    posts = [
        {"timestamp": 1677830400 + at, "title": "Ann Ray updated.", "data": [{"post": told(at)}]}
        for at in range(number)
    ]
    return json.dumps(posts, indent=2).encode()


def chat(number: int) -> bytes:
    return "".join(
        f"{at % 28 + 1:02}/03/2023, 10:{at % 60:02} - Ann Ray: {told(at)}\n"
        for at in range(number + 13)[13:]
    ).encode()


def mastodon(number: int) -> bytes:
    items = [
        {
            "type": "Create",
            "actor": "https://sea.example/users/ann",
            "object": {
                "id": f"https://sea.example/users/ann/statuses/{at}",
                "type": "Note",
                "published": "2023-03-03T08:00:00Z",
                "content": f"<p>{told(at)}</p>",
                "attributedTo": "https://sea.example/users/ann",
            },
        }
        for at in range(number)
    ]
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": number,
        "orderedItems": items,
    }
    return json.dumps(outbox, indent=1).encode()


def table(number: int) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["title", "text"])
    writer.writerows([f"Crossing {at}", told(at)] for at in range(number))
    return written.getvalue().encode()


def events(number: int) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(
        "event_id_cnty event_date event_type actor1 admin1 location country latitude longitude source notes fatalities".split()
    )
    writer.writerows(
        [f"UKR{at}", "2023-03-03", "Battles", "Harbor Guard", "Odesa", "Izmail", "Ukraine", "45.3", "28.8",
         "Herald", told(at), "3"]
        for at in range(number)
    )  # fmt: skip
    return written.getvalue().encode()


def workbook(number: int) -> bytes:
    shared = "".join(
        f"<si><t>Crossing {at}</t></si><si><t>{told(at)}</t></si>" for at in range(number)
    )
    rows = "".join(
        f'<row r="{at + 2}"><c r="A{at + 2}" t="s"><v>{2 * at}</v></c><c r="B{at + 2}" t="s"><v>{2 * at + 1}</v></c></row>'
        for at in range(number)
    )
    return excel({"Sheet1": f"{HEADER}{rows}"}, shared=shared)


HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>text</t></is></c></row>'
)


def old_workbook(number: int) -> bytes:
    rows = [[f"Crossing {at}", told(at)] for at in range(number)]
    return in_xml([["title", "text"], *rows])


def messages_of_signal(number: int) -> bytes:
    said = ({"timestamp": 1678000000000 + at * 1000, "message": told(at)} for at in range(number))
    return signal_lines(
        *({"envelope": {"sourceName": "Ann Ray", "dataMessage": one}} for one in said)
    )


def corpus_of_texts(number: int) -> bytes:
    texts = (tei(f"<p>{told(at)}</p>", f"Crossing {at}", root="TEI") for at in range(number))
    return f"<teiCorpus>{''.join(texts)}</teiCorpus>".encode()


def watched(number: int) -> bytes:
    return har(*(entry(f"/{at}", page(at).decode()) for at in range(number)))


def text(sentences: int) -> bytes:
    return "\n\n".join(["Crossings", *story(sentences)]).encode()


def markdown(sentences: int) -> bytes:
    return b"---\ntitle: Crossings\n---\n\n" + "\n\n".join(story(sentences)).encode()


def book(sentences: int) -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in story(sentences))
    chapter = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'.encode()
    return zipped(epub(OEBPS__two_xhtml=chapter) | {"OEBPS/two.xhtml": chapter})


def open_document(sentences: int) -> bytes:
    body = "".join(f"<text:p>{sentence}</text:p>" for sentence in story(sentences))
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    ).encode()
    return zipped(odt() | {"content.xml": content})


def rtf(sentences: int) -> bytes:
    return rb"{\rtf1\ansi " + rb"\par ".join(one.encode() for one in story(sentences)) + b"}"


def paper(sentences: int) -> bytes:
    return pdf(*story(sentences))


def letters_in_word(sentences: int) -> bytes:
    return word(*story(sentences))


def pages_packed(number: int) -> bytes:
    return zipped({f"{at}.html": page(at) for at in range(number)})


def pages_in_tar(number: int) -> bytes:
    return tarred({f"{at}.html": page(at) for at in range(number)})


def lines_packed(number: int) -> bytes:
    return gzip.compress(lines(number))


def packed_by(pack: Callable[[bytes], bytes]) -> Callable[[int], bytes]:
    return lambda number: pack(lines(number))


def package(number: int) -> bytes:
    return wacz(warc(number))


SAMPLES = {
    Format.HTML: Sample("a.html", saved, many=False),
    Format.MHTML: Sample("a.mhtml", mhtml, many=False),
    Format.MAFF: Sample("a.maff", maff, packed=True),
    Format.WEBARCHIVE: Sample("a.webarchive", web_archive, many=False),
    Format.WARC: Sample("a.warc.gz", warc),
    Format.WACZ: Sample("a.wacz", package, packed=True),
    Format.HAR: Sample("a.har", watched),
    Format.MEDIAWIKI: Sample("dump.xml", wiki),
    Format.WIRE: Sample("a.xml", nitf, many=False),
    Format.SGML: Sample("a.sgml", trec),
    Format.PRESS: Sample("nexis.txt", nexis),
    Format.REFERENCES: Sample("library.ris", references),
    Format.NOTES: Sample("clips.enex", notes),
    Format.EDITION: Sample("corpus.xml", corpus_of_texts),
    Format.MESSAGE: Sample("a.eml", long_letter, many=False),
    Format.MAILBOX: Sample("a.mbox", mailbox),
    Format.FEED: Sample("feed.xml", feed),
    Format.JSON_LINES: Sample("a.jsonl", lines),
    Format.TELEGRAM: Sample("result.json", telegram),
    Format.X: Sample("tweets.js", tweets),
    Format.FACEBOOK: Sample("your_posts_1.json", facebook),
    Format.CHAT: Sample("WhatsApp Chat with Harbor.txt", chat),
    Format.MESSENGER: Sample("messages.json", messages_of_signal),
    Format.MASTODON: Sample("outbox.json", mastodon),
    Format.CSV: Sample("acled.csv", events),
    Format.SHEET: Sample("a.xlsx", workbook, packed=True),
    Format.OLD_SHEET: Sample("a.xls", old_workbook),
    Format.TEXT: Sample("a.txt", text, many=False),
    Format.MARKDOWN: Sample("a.md", markdown, many=False),
    Format.EPUB: Sample("a.epub", book, many=False, packed=True),
    Format.ODT: Sample("a.odt", open_document, many=False, packed=True),
    Format.RTF: Sample("a.rtf", rtf, many=False),
    Format.PDF: Sample("a.pdf", paper, many=False, packed=True),
    Format.DOCX: Sample("a.docx", letters_in_word, many=False, packed=True),
    Format.ZIP: Sample("a.zip", pages_packed, packed=True),
    Format.TAR: Sample("a.tar", pages_in_tar),
    Format.GZIP: Sample("a.jsonl.gz", packed_by(gzip.compress), packed=True),
    Format.BZIP2: Sample("a.jsonl.bz2", packed_by(bz2.compress), packed=True),
    Format.XZ: Sample("a.jsonl.xz", packed_by(lzma.compress), packed=True),
    Format.ZSTANDARD: Sample("a.jsonl.zst", packed_by(zstandard.compress), packed=True),
}
every = pytest.mark.parametrize("format_", SAMPLES)


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def noisy(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + random.Random(7).randbytes(24) + content[middle + 24 :]


def emptied(content: bytes) -> bytes:
    """As after a power cut: the file has its length, and its middle was never written."""
    third = len(content) // 3
    return content[:third] + bytes(third) + content[2 * third :]


def begun(content: bytes) -> bytes:
    return content[:40]


def taken_in(
    folder: Path, name: str, content: bytes, *, processes: int = 1
) -> tuple[IngestReport, set[str], list[str]]:
    """What came of a file between two pages: the counts, the titles, and why something failed."""
    pile = folder / "pile"
    pile.mkdir(parents=True)
    (pile / "0.html").write_bytes(page(501))
    (pile / name).write_bytes(content)
    (pile / "z.html").write_bytes(page(502))
    with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
        report = ingest([pile], catalogue, processes=processes)
        titles = {stored.article.title for stored in catalogue.articles()}
        return report, titles, [failure.reason for failure in catalogue.failures()]


NEIGHBORS = {"Crossing 501 closed", "Crossing 502 closed"}


def test_every_format_that_is_read_is_tried_here() -> None:
    elsewhere = {Format.PICTURE}  # tests/corpus/cleaner/test_scans.py: needs tesseract
    assert set(SAMPLES) == set(READ) - elsewhere


@every
def test_whole_it_gives_all_it_holds(format_: Format, tmp_path: Path) -> None:
    sample = SAMPLES[format_]

    report, titles, reasons = taken_in(tmp_path, sample.name, sample.build(9))

    assert not reasons
    assert report.articles == (9 if sample.many else 1) + len(NEIGHBORS)
    assert titles >= NEIGHBORS


@every
@pytest.mark.parametrize(
    "damage",
    [
        cut,
        noisy,
        pytest.param(emptied, marks=pytest.mark.slow),
        pytest.param(begun, marks=pytest.mark.slow),
    ],
)
def test_damaged_it_costs_itself_alone(
    format_: Format, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    sample = SAMPLES[format_]

    report, titles, reasons = taken_in(tmp_path, sample.name, damage(sample.build(9)))

    assert titles >= NEIGHBORS
    found = report.articles - len(NEIGHBORS)
    assert found or reasons, "nothing may be lost without a word"
    assert not [reason for reason in reasons if "Please report it" in reason]
    if sample.many and not sample.packed and damage in (cut, noisy):
        assert found >= 5, "items that are whole are taken in"
    if sample.many and damage is cut and format_ in ENDED:
        assert reasons, "what has an end and does not come to it is said to be cut off"


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["1", "2"])
def test_whatever_is_damaged_it_is_said_by_us_shortly_and_with_its_place(
    processes: str, tmp_path: Path
) -> None:
    chance = random.Random(150)
    pile, home = tmp_path / "pile", ("--home", str(tmp_path / "home"))
    pile.mkdir()
    for number, sample in enumerate([*SAMPLES.values()] * 2):
        content = bytearray(sample.build(3))
        for _ in range(chance.choice((1, 3, 20))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        del content[chance.randrange(len(content) // 2, len(content)) :: chance.choice((1, 40))]
        (pile / f"{number}-{sample.name}").write_bytes(content)
    dispatches = (sys.executable, "-c", "from webui.cli import main; main()")

    added = subprocess.run(
        (*dispatches, "add", pile, "--processes", processes, *home),
        check=False,
        capture_output=True,
        text=True,
    )
    listed = subprocess.run(
        (*dispatches, "failures", "--json", *home), capture_output=True, text=True, check=True
    )

    assert re.fullmatch(
        r"Why some failed: [^\n]+\n(\nThe collection in \S+ is not searchable yet\.\n"
        r"\n  dispatches rebuild +make it searchable\n)",
        added.stderr,
    ), added.stderr
    failures = json.loads(listed.stdout)
    assert len(failures) > 25
    for failure in failures:
        told = failure["reason"].removeprefix(failure["locator"])
        assert len(told) < 700, told
        assert len(told.splitlines()) == 1, told
        assert not re.search(r"not JSON: [^:]*(?<! of it|hin it)\.$| at\.$", told), told


ENDED = {
    Format.MEDIAWIKI, Format.TELEGRAM, Format.X, Format.FACEBOOK, Format.MASTODON, Format.TAR,
    Format.FEED, Format.ZIP, Format.MAFF, Format.WACZ, Format.GZIP, Format.BZIP2, Format.XZ, Format.ZSTANDARD,
}  # fmt: skip


@pytest.mark.parametrize("format_", [Format.MEDIAWIKI, Format.FACEBOOK, Format.TELEGRAM])
def test_wherever_it_is_cut_off_it_is_said(format_: Format, tmp_path: Path) -> None:
    sample = SAMPLES[format_]
    whole = sample.build(4)

    for end in range(len(whole) // 2, len(whole) - 20, 7):
        items = read_bytes(tmp_path, sample.name, whole[:end])
        assert len(errors(items)) == 1, end
        assert documents(items)
    assert not errors(read_bytes(tmp_path, sample.name, whole))


IN_LINES = [
    one
    for one, sample in SAMPLES.items()
    if not sample.packed
    and one not in (Format.WARC, Format.TAR, Format.WEBARCHIVE, Format.RTF)  # made of bytes
    and one not in (Format.MESSAGE, Format.MAILBOX)  # which no program writes so
]


@pytest.mark.parametrize("format_", IN_LINES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_in_wide_letters_it_says_the_same(format_: Format, encoding: str, tmp_path: Path) -> None:
    sample = SAMPLES[format_]
    text = sample.build(9).decode().replace("trucks", "камионов 貨車")

    _, *found = taken_in(tmp_path, sample.name, text.encode(encoding))

    assert found == [*taken_in(tmp_path / "narrow", sample.name, text.encode())[1:]]
    assert not found[1]


@pytest.mark.parametrize("format_", [Format.JSON_LINES, Format.CSV, Format.TELEGRAM])
def test_four_bytes_a_letter_are_read(format_: Format, tmp_path: Path) -> None:
    content = SAMPLES[format_].build(9).decode().encode("utf-32")
    assert len(documents(read_bytes(tmp_path, SAMPLES[format_].name, content))) == 9


@pytest.mark.parametrize("format_", [Format.SGML, Format.TELEGRAM, Format.X, Format.REFERENCES])
def test_a_file_that_gives_nothing_is_told_of(format_: Format, tmp_path: Path) -> None:
    sample = SAMPLES[format_]
    whole = sample.build(1)
    told_there = whole.index(b"The crossing at")
    emptied_of_text = whole.replace(whole[told_there : told_there + 180], b"")

    report, titles, reasons = taken_in(tmp_path, sample.name, emptied_of_text)

    assert titles == NEIGHBORS
    assert report.failures == len(reasons) == 1


def test_text_whose_rest_was_never_written_is_told_from_what_is_unknown(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "a.csv"):
        (error,) = errors(read_bytes(tmp_path, name, told(1).encode() + bytes(2000)))
        assert f"begins as text, and its bytes from {len(told(1))} on are zero" in error.what
    (error,) = errors(read_bytes(tmp_path, "a.bin", b"\x07\x01\x02\x03" * 9 + bytes(2000)))
    assert "no format that is known" in error.what


LONG = 3_000
"""Sentences: more than half a megabyte of text."""
MANY = 700
LETTERS = 20_000
MOST = 20 << 20
"""A file of so many letters is longer than what reading it may take."""


def at_length(number: int) -> str:
    """An article of forty kilobytes, which does not pack to nothing."""
    return f"Crossing {number}. {random.Random(number).randbytes(LETTERS).hex()}"


HOLDING_MANY = [
    one
    for one, sample in SAMPLES.items()
    if sample.many
    and one is not Format.FEED  # read whole, 64 MB at most
    and one not in (Format.BZIP2, Format.XZ, Format.ZSTANDARD)  # unpacked as gzip is, made slowly
]


@pytest.mark.slow
@pytest.mark.parametrize("format_", HOLDING_MANY)
def test_huge_it_is_read_in_little_memory(
    format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "told", at_length)
    sample = SAMPLES[format_]
    path = tmp_path / sample.name
    path.write_bytes(sample.build(MANY))

    found, peak = read_through(path)

    assert MANY * LETTERS * 2 > MOST
    assert found == MANY
    assert peak < MOST


@pytest.mark.slow
@pytest.mark.parametrize("format_", [one for one, sample in SAMPLES.items() if not sample.many])
def test_huge_it_costs_no_other(format_: Format, tmp_path: Path) -> None:
    """Two processes, each with so much time and memory for a document: `corpus.processes`."""
    sample = SAMPLES[format_]

    report, titles, _ = taken_in(tmp_path, sample.name, sample.build(LONG), processes=2)

    assert titles >= NEIGHBORS
    assert report.articles + report.failures == len(NEIGHBORS) + 1
