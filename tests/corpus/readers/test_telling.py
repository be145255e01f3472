"""What a file is: by its content, by its suffix where that does not tell, and by name if unread."""

from __future__ import annotations

import json
import lzma
import plistlib
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError
from corpus.readers import read
from corpus.readers.formats import tell
from corpus.readers.source import Asked
from corpus.readers.tables.columns import KEYS, keys_of
from tests.corpus.readers.test_readers import (
    PAGE,
    documents,
    errors,
    read_bytes,
    read_through,
    tarred,
    zipped,
)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("note.txt", b"[LVIV, 3 March 2023] The depot burned until noon.", "text/plain"),
        ("note.txt", b"[1] The depot burned until noon.\n[2] Nobody was hurt.", "text/plain"),
        ("note", b"[Lviv] The depot burned until noon.", "text/plain"),
        ("note.txt", b'["Run," he said.] The depot burned.', "text/plain"),
        ("note.txt", b"{sic} The depot burned until noon.", "text/plain"),
        ("note.txt", b"<unverified> The depot burned until noon.", "text/plain"),
        ("note.md", b"{toc}\n\n# Depot\n\nIt burned until noon.", "text/markdown"),
        ("note.md", b"[Depot](https://h.example) burned until noon.", "text/markdown"),
        ("note.md", b"<!-- draft -->\n# Depot\n\nIt burned until noon.", "text/markdown"),
        ("note.md", b"<p align=right>\n\n# Depot\n\nIt burned until noon.", "text/markdown"),
        ("dump.txt", b'{"text": "one"}\n{"text": "two"}', "application/json"),
        ("dump", b'[{"text": "one"}]', "application/json"),
        ("page.txt", PAGE, "text/html"),
    ],
)
def test_the_suffix_decides_where_the_content_is_not_what_its_first_sign_promises(
    tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    first = read_bytes(tmp_path, name, content)[0]

    assert isinstance(first, RawDocument), first
    assert first.media_type == media_type
    if media_type.startswith("text/"):
        assert first.content == content


def test_what_promises_json_by_its_suffix_is_held_to_it(tmp_path: Path) -> None:
    (error,) = errors(read_bytes(tmp_path, "dump.json", b"[LVIV] The depot burned."))

    assert "not JSON" in error.what


def test_long_json_is_told_though_its_head_ends_within_a_value(tmp_path: Path) -> None:
    for value in ("word " * 30_000, [7] * 60_000):
        content = json.dumps([{"text": "one", "more": value}]).encode()
        (found,) = read_bytes(tmp_path, "dump.txt", content)
        assert isinstance(found, RawDocument)


@pytest.mark.parametrize("before", [b"\n", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_what_stands_before_a_pdf_does_not_hide_it(before: bytes, tmp_path: Path) -> None:
    (paper,) = read_bytes(tmp_path, "paper.pdf", before + b"%PDF-1.4\n%%EOF\n")

    assert isinstance(paper, RawDocument)
    assert paper.media_type == "application/pdf"


def test_a_page_about_pdf_is_a_page() -> None:
    assert tell(b"<html><body><p>%PDF- is how it begins</p></body></html>") == "html"


@pytest.mark.parametrize(
    ("name", "content", "told", "advice"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"x" * 50, "this is a RAR archive", "Unpack it"),
        ("a.json", b"7z\xbc\xaf\x27\x1c\0\x04" + b"x" * 50, "this is a 7-Zip archive", "Unpack"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an old Word file", ".docx"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Outlook message", ".eml"),
        ("a.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Microsoft Office", "text"),
        ("a.html", b"GIF89a" + bytes(99), "this is a GIF picture", "as PNG"),
        ("a.mp4", b"\0\0\0\x20ftypisom" + bytes(99), "this is a film", "Write down"),
        ("a.db", b"SQLite format 3\0" + bytes(99), "this is an SQLite database", "CSV"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
            "locked with a password",
            "password",
        ),
        (
            "a",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
            "without",
        ),
        (
            "a",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_001".encode("utf-16-le"),
            "Outlook message",
            ".eml",
        ),
        ("posts.car", b"\x3a\xa2eroots\x81" + bytes(99), "an archive of Bluesky", "JSON"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(99), "an Outlook attachment", "Unpack"),
        (
            "a.bmp",
            b"BM" + bytes((200, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40)) + bytes(99),
            "BMP",
            "PNG",
        ),
        ("a.txt", b"BMW" + b" said that it would close its works in the town at once." * 3, "", ""),
        ("a.jxl", b"\xff\x0a" + bytes(99), "a JPEG XL picture", "PNG"),
        ("a.mp3", b"\xff\xfb\x90\x64" + bytes(99), "this is a sound", "Write down"),
        ("a.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA+\n", "locked with PGP", "Unlock"),
        (
            "index.cdxj",
            b'com,h)/a 20230308090000 {"url": "https://h.example/a"}\n',
            "(CDX)",
            "WARC",
        ),
        ("index.cdx", b" CDX N b a m s k r M S V g\ncom,h)/a 20230308090000 x\n", "(CDX)", "WARC"),
        (
            "a.fb2",
            b"<?xml version='1.0'?><FictionBook xmlns='x'><body><p>a</p></body></FictionBook>",
            "a FictionBook",
            "EPUB",
        ),
        (
            "a.xml",
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'><w:body/></w:wordDocument>",
            "a Word file in XML (2003)",
            ".docx",
        ),
        (
            "a.fods",
            b"<office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'/>",
            "an OpenDocument table",
            "CSV",
        ),
        (
            "a.xml",
            b"<?xml version='1.0'?><places><Place/></places>",
            "XML with the root <places>",
            "text",
        ),
        ("a", bytes(range(1, 9)) * 9, "begins with the bytes 01 02 03", "dispatches formats"),
    ],
)
def test_a_format_that_is_not_read_is_named(
    name: str, content: bytes, told: str, advice: str, tmp_path: Path
) -> None:
    found = errors(read_bytes(tmp_path, name, content))

    assert len(found) == bool(told)
    for error in found:
        assert error.code == "unsupported_format"
        assert told in error.what
        assert advice in error.advice


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("xl/workbook.bin", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint file"),
        ("Index/Document.iwa", "an Apple Pages"),
    ],
)
def test_an_office_file_that_is_not_read_is_named_and_not_unpacked(
    member: str, told: str, tmp_path: Path
) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "<workbook/>")

    (error,) = errors(read_bytes(tmp_path, "file", buffer.getvalue()))

    assert told in error.what


def test_zstandard_is_unpacked_within_its_budget(tmp_path: Path) -> None:
    lines = b'{"text": "one"}\n{"text": "two"}\n'
    packed = zstandard.compress(lines[:16]) + zstandard.compress(lines[16:])
    assert len(documents(read_bytes(tmp_path, "dump.jsonl.zst", packed))) == 2

    line = b'{"text": "' + b"a" * (1 << 20) + b'"}\n'
    bomb = read_bytes(tmp_path, "bomb.zst", zstandard.compress(line * 100))
    assert errors(bomb)[-1].code == "unsafe_input"

    cut = errors(read_bytes(tmp_path, "cut.jsonl.zst", packed[:-4]))
    assert cut[-1].code == "unreadable_input"


# Tables and records.


def test_a_row_with_separators_in_its_text_loses_no_word(tmp_path: Path) -> None:
    table = (
        b"title,text,date\n"
        b"Depot,The depot, which burned, was empty,2023-03-03\n"
        b"Bridge,It was closed,2023-03-04,\n"
        b"Road,1,000 left it,2023-03-05\n"
    )
    items = read_bytes(tmp_path, "table.csv", table)

    depot, bridge = [json.loads(row.content) for row in documents(items)]
    assert depot["text"] == "The depot, which burned, was empty"
    assert depot["date"] == "2023-03-03"
    assert depot["row as read"] == "5 cells; those that begin with a space joined"
    assert bridge == {"title": "Bridge", "text": "It was closed", "date": "2023-03-04"}
    (road,) = errors(items)
    assert "4 cells for 3 columns" in road.what
    assert road.where.endswith("!4")


def test_the_line_that_excel_writes_names_the_separator(tmp_path: Path) -> None:
    for name in ("table.csv", "table"):
        content = b"\xef\xbb\xbfsep=|\r\ntitle|text\r\nDepot|It burned; all of it, at noon\r\n"
        (row,) = documents(read_bytes(tmp_path, name, content))
        assert json.loads(row.content)["text"] == "It burned; all of it, at noon"
        assert row.locator.endswith("!3")


def test_two_columns_of_one_meaning_or_name_are_both_kept(tmp_path: Path) -> None:
    table = b"Headline,title,text,text,\nA,B,C,D,E\n"

    (row,) = documents(read_bytes(tmp_path, "table.csv", table))

    assert json.loads(row.content) == {
        "title": "B", "Headline": "A", "text": "C", "text (4)": "D", "column 5": "E",
    }  # fmt: skip


def test_records_of_lines_and_rows_know_the_same_names(tmp_path: Path) -> None:
    names = ["Headline", "articleBody", "publishedAt", "source_name", "Author", "web-url"]
    cells = ["T", "The depot burned.", "2023-03-03", "Herald", "Ann Ray", "https://h.example/1"]
    line = json.dumps(dict(zip(names, cells, strict=True))).encode()
    table = f"{','.join(names)}\n{','.join(cells)}\n".encode()

    (record,) = documents(read_bytes(tmp_path, "dump.jsonl", line))
    (row,) = documents(read_bytes(tmp_path, "table.csv", table))

    said = {
        "title": "T", "date": "2023-03-03", "outlet": "Herald", "bylines": "Ann Ray",
        "url": "https://h.example/1",
    }  # fmt: skip
    assert record.content == line
    assert record.declared["text_from"] == "articleBody"
    for found in (record, row):
        assert said.items() <= found.declared.items()
        assert found.url == "https://h.example/1"


def test_a_name_that_a_person_gave_holds_for_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text('{"Inhalt": "The depot burned.", "text": "other"}\n{"text": "as it is"}\n')

    first, second = documents(list(read(path, asked=Asked(columns={"text": "Inhalt"}))))

    assert first.declared["text_from"] == "Inhalt"
    assert "text_from" not in second.declared


def test_names_of_objects_are_taken_for_them(tmp_path: Path) -> None:
    line = (
        b'{"text": "It burned.", "source": {"id": 1, "name": "Herald"},'
        b' "authors": [{"name": "Ann Ray"}, "Bo Lee", null], "description": "A depot"}'
    )
    (found,) = documents(read_bytes(tmp_path, "dump.jsonl", line))

    assert found.declared["outlet"] == "Herald"
    assert found.declared["bylines"] == "Ann Ray; Bo Lee"
    assert found.declared["description"] == "A depot"


def test_what_interfaces_answer_is_read_as_its_list(tmp_path: Path) -> None:
    articles = [{"title": "A", "content": "It burned."}, {"title": "B", "content": "It rained."}]
    for answer in (
        {"status": "ok", "articles": articles},
        {"response": {"total": 2, "results": articles}},
        {"version": "1", "title": "Feed", "description": "d", "items": articles},
    ):
        for indent in (None, 1):
            content = json.dumps(answer, indent=indent).encode()
            assert len(documents(read_bytes(tmp_path, "answer.json", content))) == 2, answer


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "Z")), max_size=12), max_size=12))
def test_a_key_is_held_by_one_name_and_a_name_holds_one_key(names: list[str]) -> None:
    found = keys_of(names, {})

    assert len(set(found.values())) == len(found)
    assert set(found) <= set(names)
    assert set(found.values()) <= set(KEYS)


# Long lists.


@pytest.mark.parametrize("indent", [None, 1])
def test_a_broken_item_of_a_list_costs_itself(indent: int | None, tmp_path: Path) -> None:
    whole = json.dumps([{"text": f"story {number}"} for number in range(9)], indent=indent)
    broken = whole.replace('"story 4"', '"story 4').replace('"story 7"', "story 7")

    items = read_bytes(tmp_path, "dump.json", broken.encode())

    texts = [json.loads(one.content)["text"] for one in documents(items)]
    assert set(texts) >= {f"story {number}" for number in (0, 1, 2, 3, 6, 8)}
    assert 2 <= len(errors(items)) <= 3

    cut = read_bytes(tmp_path, "cut.json", whole[:-12].encode())
    assert len(documents(cut)) == 8
    (error,) = errors(cut)
    assert "ends within it" in error.what


def test_an_item_that_is_no_utf8_costs_itself(tmp_path: Path) -> None:
    items = read_bytes(
        tmp_path, "dump.json", b'[\n{"text": "a"},\n{"text": "\xff"},\n{"text": "b"}]'
    )

    assert [json.loads(one.content)["text"] for one in documents(items)] == ["a", "b"]
    assert [error.what for error in errors(items)] == ["not UTF-8"]


def test_a_long_list_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    with path.open("w") as file:
        file.write("[")
        file.writelines(f'{{"text": "{"word " * 3200}{number}"}},\n' for number in range(1000))
        file.write('{"text": "last"}]')
    assert path.stat().st_size > 15 << 20

    found, most = read_through(path)

    assert found == 1001
    assert most < 8 << 20


def test_items_nested_too_deeply_cost_themselves(tmp_path: Path) -> None:
    content = b'[{"text": "a"},\n{"text": ' + b"[" * 100_000 + b'},\n{"text": "b"}]'

    items = read_bytes(tmp_path, "dump.json", content)

    assert [json.loads(one.content)["text"] for one in documents(items)] == ["a", "b"]
    assert all(isinstance(error, InputError) for error in errors(items))


@pytest.mark.parametrize(
    "head",
    [
        "Titel;Datum;Autor;Text;Quelle", "Titre;Date de publication;Auteur;Texte;Journal",
        "Título;Fecha;Autor;Texto;Fuente", "Заголовок;Дата;Автор;Текст;Источник",
        "Назва;Дата публікації;Автор;Текст;Джерело", "العنوان;التاريخ;الكاتب;النص;المصدر",
        "Tytuł;Data publikacji;Autor;Treść;Źródło", "Başlık;Tarih;Yazar;Metin;Kaynak",
    ],
)  # fmt: skip
def test_columns_are_known_in_the_languages_of_those_who_made_them(
    head: str, tmp_path: Path
) -> None:
    table = f"{head}\nBridge;05.03.2024;Ann Ray;The bridge burned at noon.;Herald\n".encode()
    (row,) = documents(read_bytes(tmp_path, "table.csv", table))
    assert json.loads(row.content) == {
        "title": "Bridge", "date": "05.03.2024", "bylines": "Ann Ray",
        "text": "The bridge burned at noon.", "outlet": "Herald",
    }  # fmt: skip


@pytest.mark.parametrize("first", ["[ ]", '[["odd"]]', "[1]", '["a", "b"]'])
def test_a_text_whose_first_line_is_a_list_of_json_is_a_text(first: str, tmp_path: Path) -> None:
    text = f"{first}\n\nThe bridge burned at noon.\nNobody was hurt.".encode()
    for name in ("note.txt", "note"):
        (one,) = documents(read_bytes(tmp_path, name, text))
        assert one.media_type == "text/plain"
    (whole,) = documents(read_bytes(tmp_path, "note", b'[{"title": "A", "text": "B"}]\n'))
    assert whole.media_type == "application/json"


@pytest.mark.parametrize("name", ["a.txt", "a", "a.md"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(
    "text", ["The ferry stayed in port, the crews went home.", "Паром залишився в порту на ніч."]
)
def test_a_text_in_two_bytes_a_sign_is_read_also_without_a_mark(
    text: str, encoding: str, name: str, tmp_path: Path
) -> None:
    (document,) = documents(read_bytes(tmp_path, name, f"{text}\n\n{text}\n".encode(encoding)))

    assert clean(document).text.startswith(text)


@pytest.mark.parametrize(
    ("content", "told", "advice"),
    [
        (b"\0\0\x01\xba" + bytes(90), "a film (MPEG)", "Write down"),
        (b"G@\0\x10" + bytes(184) + b"G@\x11\x10" + bytes(184) + b"G@\x12" + bytes(185), "a film (MPEG)", "Write down"),
        (b"RDX3\n\0\0" + bytes(90), "an R data file", "CSV"),
        (b"\x80\x04\x95" + bytes(90), "a pickle of Python", "CSV"),
        (b"$FL2@(#) SPSS" + bytes(90), "an SPSS table", "CSV"),
        (b"\0\x01\0\0Standard ACE DB\0" + bytes(90), "an Access database", "CSV"),
        (bytes(32769) + b"CD001\x01" + bytes(90), "a disk image", "Unpack"),
        (b"[InternetShortcut]\r\nURL=https://post.example/a\r\n", "a link (.url)", "collect"),
        (plistlib.dumps({"URL": "https://post.example/a"}), "a link (.webloc)", "collect"),
        (b"\xffWPC" + bytes(90), "a WordPerfect document", "Save it"),
        (b"\x03\x13\x06\x07\x02\0\0\0A\0" + bytes(90), "a dBASE table", "CSV"),
        (b"d8:announce35:udp://tracker.example:69694:infoe", "a torrent", "leads to"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a calendar", "no article"),
        (b"BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", "a list of contacts", "no article"),
        (b'<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body/></opml>', "a list of feeds", "collect"),
        (b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>', "a map (KML)", "places"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>', "an SVG picture", "PNG"),
        (zipped({}), "there is nothing in this archive", ""),
        (b"PK\x07\x08PK\x03\x04" + bytes(range(90)), "a part of a ZIP archive that was split", "together"),
        (bytes(7) + b"**ACE**" + bytes(90), "an ACE archive", "Unpack"),
        (b"\x60\xea\x29\0" + bytes(90), "an ARJ archive", "Unpack"),
        (b"\x1a\0-lh5-" + bytes(90), "an LHA archive", "Unpack"),
        (b"\xff\x06\0\0sNaPpY" + bytes(90), "a file packed by Snappy", "Unpack"),
        (b"\x85\x02\x0c\x03" + bytes(range(1, 9)) + b"\x01" + bytes(90), "a file locked with PGP", "Unlock"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(90), "a HEIC picture", "PNG"),
    ],
)  # fmt: skip
def test_more_of_what_lies_about_is_named_with_what_to_do(
    content: bytes, told: str, advice: str, tmp_path: Path
) -> None:
    (error,) = errors(read_bytes(tmp_path, "file", content))
    assert told in error.what
    assert advice in str(error.advice or "")


def test_of_a_mirror_that_httrack_made_its_pages_are_read_once(tmp_path: Path) -> None:
    page = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{PROSE}</p></article></body></html>"
    mirror = {
        "post.example/ferry.html": page.encode(),
        "hts-cache/new.zip": zipped({"http://post.example/ferry.html": page.encode()}),
        "hts-cache/new.txt": b"date size remotesize",
        "hts-log.txt": b"HTTrack3.49 launched on Mon, 30 Nov 2026",
        "index.html": b"<html><head><TITLE>Local index - HTTrack</TITLE></head><body><p>Index of locally available sites</p></body></html>",
    }
    for name, content in mirror.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    packed = read_bytes(tmp_path.parent, "mirror.zip", zipped(mirror))

    for items in (list(read(tmp_path)), packed):
        assert len(documents(items)) == 1
        (index,) = errors(items)
        assert "HTTrack's list" in index.what


def test_a_page_that_singlefile_packed_into_itself(tmp_path: Path) -> None:
    page = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{PROSE}</p></article></body></html>"
    shell = b"<!doctype html><html data-sfz><title>Ferry</title><body>Please wait...<!--"
    (raw,) = documents(
        read_bytes(
            tmp_path, "a.html", shell + zipped({"index.html": page.encode()}) + b"--></html>"
        )
    )
    assert clean(raw).text == PROSE
    (error,) = errors(read_bytes(tmp_path, "a.html", shell + b"PK"))
    assert "SingleFile packed" in error.what


PROSE = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said to reporters."


def test_what_wordpress_writes_below_an_item_of_a_feed_is_no_text(tmp_path: Path) -> None:
    below = '<p>The post <a href="x">Ferry</a> appeared first on <a href="y">Herald</a>.</p>'
    feed = f"<rss version='2.0'><channel><title>Herald</title><item><title>Ferry</title><description><![CDATA[<p>{PROSE}</p>{below}]]></description></item></channel></rss>"
    (raw,) = documents(read_bytes(tmp_path, "feed.xml", feed.encode()))
    article = clean(raw)
    assert article.text == PROSE
    assert "The post Ferry appeared first on Herald." in [one.text for one in article.removed]


def test_a_page_clipped_by_obsidian(tmp_path: Path) -> None:
    note = f'---\ntitle: "Ferry"\nsource: "https://post.example/a"\nauthor:\n  - "[[Ann Ray]]"\npublished: 2023-03-06\n---\n{PROSE}'
    (raw,) = documents(read_bytes(tmp_path, "a.md", note.encode()))
    article = clean(raw)
    assert (article.url, article.bylines, article.outlet) == (
        "https://post.example/a",
        ("Ann Ray",),
        "",
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("news.7z.002", "a part of an archive that was split"),
        ("news.part03.rar", "a part of an archive that was split"),
        ("news.R00", "a part of an archive that was split"),
        ("page.html.br", "a file packed by Brotli"),
        ("disk.dmg", "a disk image (DMG)"),
        ("letter.gpg", "a file locked with PGP"),
    ],
)
def test_what_only_a_name_tells_is_told_as_a_guess(name: str, told: str, tmp_path: Path) -> None:
    content = b"\x8f\x01\x03\xff\xfe" + random.Random(7).randbytes(400)
    (error,) = errors(read_bytes(tmp_path, name, content))
    assert f"this seems to be {told}" in error.what


def test_lzma_as_it_was_before_xz_is_unpacked(tmp_path: Path) -> None:
    page = b"<html><head><title>Ferry</title></head><body><p>The ferry stayed in port.</p></body></html>"
    (found,) = documents(
        read_bytes(tmp_path, "a.html.lzma", lzma.compress(page, lzma.FORMAT_ALONE))
    )
    assert found.content == page


def test_notes_of_joplin_have_their_days_and_addresses(tmp_path: Path) -> None:
    number = "0123456789abcdef0123456789abcdef"
    text = "The ferry stayed in port, and its crew went home.\n\nDivers came at noon."
    fields = f"id: {number}\nparent_id: {number}\ncreated_time: 2023-03-07T05:00:00.000Z\nupdated_time: 2023-03-08T05:00:00.000Z\nauthor: Ann Ray\nsource_url: https://h.example/ferry\nis_todo: 0\n"
    files = {
        f"{number}.md": f"Ferry stays\n\n{text}\n\n{fields}type_: 1".encode(),
        f"a{number[1:]}.md": f"Harbor\n\nid: {number}\ncreated_time: 2023-03-07T05:00:00.000Z\ntype_: 2".encode(),
        f"b{number[1:]}.md": f"id: {number}\nnote_id: {number}\ntype_: 6".encode(),
    }
    told = read_bytes(tmp_path, "notes.jex", tarred(files))
    assert errors(told) == []
    (note,) = map(clean, documents(told))
    assert (note.title, note.text, note.url) == ("Ferry stays", text, "https://h.example/ferry")
    assert note.bylines == ("Ann Ray",)
    assert note.published is not None
    assert note.modified is not None
    assert (note.published.iso[:10], note.modified.iso[:10]) == ("2023-03-07", "2023-03-08")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "utf-8-sig"])
def test_a_table_that_is_called_a_text_is_told_by_its_tabs(encoding: str, tmp_path: Path) -> None:
    row = "Паром остался\tПаром остался в порту, а команда ушла домой до утра, сообщил начальник порта.\t2023-03-07"
    table = f"Заголовок\tТекст\tДата\r\n{row}\r\n"
    (found,) = documents(read_bytes(tmp_path, "a.txt", table.encode(encoding)))
    assert (found.declared["title"], found.declared["date"]) == ("Паром остался", "2023-03-07")


def test_a_text_with_tabs_in_it_is_a_text(tmp_path: Path) -> None:
    for text in (
        "Title\tText\nof a page without cells",
        "05:00\tAnn\tThe ferry stays.\n05:02\tBo\tWhy?",
    ):
        (found,) = documents(read_bytes(tmp_path, "a.txt", text.encode()))
        assert found.media_type == "text/plain"
