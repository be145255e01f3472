"""Every format is told by its content and read to its last document; damage costs what it hit."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.readers import read
from corpus.readers.source import Asked
from tests.corpus.readers.crawls import as_one_block, crawl

PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>Text</p></body></html>"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>
<language>fr</language>
<item><title>Full</title><link>https://h.example/1</link><author>A. Writer</author>
<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>
<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p>All of
it&lt;/p></content:encoded><description>Teaser</description></item>
<item><title>Only a title</title><link>https://h.example/2</link></item>
</channel></rss>"""


SINGLE_FILE_NOTE = (
    "<!--\n Page saved with SingleFile \n url: https://h.example/1 \n saved date:"
    " Tue Mar 03 2026 10:00:00 GMT+0200 (Eastern European Time)\n-->"
)
SITEMAP = b"<urlset><url><loc>https://h.example/1</loc></url></urlset>"
PAGES = [(f"https://h.example/{number}", f"Page {number}") for number in range(6)]


def read_bytes(folder: Path, name: str, content: bytes) -> list[RawDocument | InputError]:
    path = folder / name
    path.write_bytes(content)
    return list(read(path))


def read_through(path: Path) -> tuple[int, int]:
    """How many documents a file gives, and the most memory that reading it takes, in bytes."""
    tracemalloc.start()
    try:
        found = sum(isinstance(item, RawDocument) for item in read(path))
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def documents(items: list[RawDocument | InputError]) -> list[RawDocument]:
    return [item for item in items if isinstance(item, RawDocument)]


def errors(items: list[RawDocument | InputError]) -> list[InputError]:
    return [item for item in items if isinstance(item, InputError)]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("page.html", PAGE, "text/html"),
        ("no-suffix", PAGE, "text/html"),
        ("called.txt", PAGE, "text/html"),
        ("utf16.html", PAGE.decode().encode("utf-16"), "text/html"),
        ("comment.xml", b"<!-- " + b"x" * 5000 + b" -->\n" + PAGE, "text/html"),
        ("fragment.html", b"Just text, then <b>bold</b>", "text/html"),
        ("page.html.gz", gzip.compress(PAGE, mtime=0), "text/html"),
        ("dump", b'{"text": "words"}\n', "application/json"),
        ("feed.html", FEED, "application/json"),
        ("note.txt", b"Only words.", "text/plain"),
        ("note.md", b"# Title\n\nWords.", "text/markdown"),
        ("front", b"---\ntitle: T\n---\nWords.", "text/markdown"),
        ("table.csv", b"title,text\nT,Words\n", "application/json"),
        ("table", b"url;headline;body\nhttps://h.example;T;Words\n", "application/json"),
        ("crawl", crawl(("https://h.example/1", "T")), "text/html; charset=utf-8"),
    ],
)
def test_a_format_is_told_by_its_content(
    tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    first = read_bytes(tmp_path, name, content)[0]

    assert isinstance(first, RawDocument), first
    assert first.media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.html", b"", "unreadable_input"),
        ("blank.html", b" \n\t", "unreadable_input"),
        ("picture.html", b"GIF89a" + bytes(range(256)) * 40, "unsupported_format"),
        ("other.xml", b"<?xml version='1.0'?><invoice><total/></invoice>", "unsupported_format"),
        ("sitemap.xml", SITEMAP, "unsupported_format"),
        ("cut.html.gz", gzip.compress(PAGE * 99, mtime=0)[:60], "unreadable_input"),
        ("cut.zip", zipped({"a.html": PAGE})[:20], "unreadable_input"),
        ("table.csv", b"a,b\n1,2\n", "invalid_record"),
        ("feed.xml", b"<rss><channel></channel></rss>", "unreadable_input"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (error,) = errors(read_bytes(tmp_path, name, content))

    assert error.code == code
    assert name in error.where


def test_a_folder_gives_its_pages_and_not_their_parts(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "deep/er/c.html", "a_files/frame.html", ".git/d.html"):
        (tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / name).write_bytes(PAGE)
    (tmp_path / "root" / "style.css").write_text("p {}")
    (tmp_path / "root" / "disguised.png").write_bytes(PAGE)

    found = [Path(doc.locator).name for doc in documents(list(read(tmp_path / "root")))]

    assert found == ["a.html", "b.html", "c.html", "disguised.png"]


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "page.html").write_bytes(PAGE)
    (tmp_path / "secret.html").write_bytes(PAGE)
    (root / "inside.html").symlink_to(root / "page.html")
    (root / "loop").symlink_to(root)
    (root / "outside.html").symlink_to(tmp_path / "secret.html")
    (root / "broken.html").symlink_to(tmp_path / "nothing")
    os.mkfifo(root / "pipe")

    items = list(read(root))

    assert [Path(doc.locator).name for doc in documents(items)] == ["page.html"]
    told = {Path(error.where).name: error.code for error in errors(items)}
    assert told == {
        "outside.html": "unsafe_input",
        "broken.html": "unreadable_input",
        "pipe": "unsupported_format",
    }


@pytest.mark.parametrize("pack", [zipped, tarred, lambda members: gzip.compress(tarred(members))])
def test_an_archive_gives_the_documents_of_its_members(tmp_path: Path, pack: object) -> None:
    members = {
        "site/page.html": PAGE,
        "site/page_files/ad.html": PAGE,
        "site/logo.png": b"\x89PNG",
        "dump.jsonl.gz": gzip.compress(b'{"text": "one"}\n{bad\n{"text": "two"}'),
        "inner.zip": zipped({"../odd.html": PAGE}),
    }
    items = read_bytes(tmp_path, "archive", pack(members))  # type: ignore[operator]

    assert [doc.locator.partition("archive!")[2] for doc in documents(items)] == [
        "site/page.html",
        "dump.jsonl.gz!1",
        "dump.jsonl.gz!3",
        "inner.zip!../odd.html",
    ]
    assert [error.where.partition("archive!")[2] for error in errors(items)] == ["dump.jsonl.gz!2"]


def test_bombs_are_refused_early(tmp_path: Path) -> None:
    line = b'{"text": "' + b"a" * (1 << 20) + b'"}\n'
    bomb = gzip.compress(line * 100)
    assert len(bomb) * 200 < 100 << 20

    for name, content in {
        "bomb.gz": bomb,
        "bomb.zip": zipped({"dump.jsonl": line * 100}),
        "nested.zip": zipped({"bomb.gz": bomb}),
    }.items():
        items = read_bytes(tmp_path, name, content)

        assert errors(items)[-1].code == "unsafe_input", name
        assert len(documents(items)) < 70, name


def test_containers_have_a_bottom(tmp_path: Path) -> None:
    content = PAGE
    for _ in range(9):
        content = zipped({"inner": content})

    (error,) = read_bytes(tmp_path, "deep.zip", content)

    assert isinstance(error, InputError)
    assert error.code == "unsafe_input"


def test_a_clipped_tar_gives_what_came_before(tmp_path: Path) -> None:
    whole = tarred({f"{number}.html": PAGE for number in range(5)})

    items = read_bytes(tmp_path, "cut.tar", whole[: 3 * 1024 + 100])

    assert len(documents(items)) == 3
    assert errors(items)


def test_an_mhtml_file_gives_its_page(tmp_path: Path) -> None:
    content = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://h.example/1\r\n"
        b"Date: Tue, 3 Mar 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/css\r\n\r\np {}\r\n"
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9</p>\r\n--B--\r\n"
    )
    (page,) = documents(read_bytes(tmp_path, "page.mhtml", content))

    assert page.content.strip() == "<p>café</p>".encode()
    assert page.media_type == "text/html; charset=utf-8"
    assert page.url == "https://h.example/1"
    assert page.collected == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "url", "collected"),
    [
        (
            SINGLE_FILE_NOTE,
            "https://h.example/1",
            datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
        ),
        ("<!-- saved from url=(0019)https://h.example/1 -->", "https://h.example/1", None),
        ("<!-- Mirrored from h.example/1 by HTTrack -->", "http://h.example/1", None),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
    ],
)
def test_what_saved_a_page_notes_where_and_when(
    tmp_path: Path, note: str, url: str | None, collected: datetime | None
) -> None:
    content = f"<!DOCTYPE html>\n{note}\n".encode() + PAGE

    (page,) = documents(read_bytes(tmp_path, "page.html", content))

    assert page.url == url
    assert collected is None or page.collected == collected


def test_items_of_a_feed_that_share_a_link_and_no_id_are_told_apart(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>Bulletin {name}</title><link>https://herald.example/live</link>"
        f"<guid isPermaLink='false'>{name}</guid><description>Bulletin {name} says that the bridge "
        "fell at dawn.</description></item>"
        for name in ("a", "b", "b")
    )
    file = tmp_path / "feed.xml"
    file.write_text(f"<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>")
    first, *others = (item for item in read(file) if isinstance(item, RawDocument))
    assert [item.url for item in (first, *others)] == [None, None, None]
    assert first.declared["shared_link"] == "https://herald.example/live"
    same = tmp_path / "same.xml"
    same.write_text(file.read_text().replace(">a</guid>", ">b</guid>"))
    assert {item.url for item in read(same) if isinstance(item, RawDocument)} == {
        "https://herald.example/live"
    }


def test_what_atom_calls_updated_is_no_publication(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    dates = "<updated>2022-03-05T10:00:00Z</updated>"
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Herald</title><entry><id>a</id>"
        f"<title>Bridge</title>{dates}<content>The bridge fell at dawn.</content></entry></feed>"
    )
    file.write_text(atom)
    (item,) = documents(list(read(file)))
    assert (item.declared.get("date"), item.declared["modified"]) == (None, "2022-03-05T10:00:00Z")
    file.write_text(atom.replace(dates, f"{dates}<published>2022-03-04T10:00:00Z</published>"))
    (item,) = documents(list(read(file)))
    assert item.declared["date"] == "2022-03-04T10:00:00Z"


def test_an_authors_mail_address_in_a_feed_is_no_name(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    for author in ("desk@herald.example (Ann Ray)", "Ann Ray &lt;ann@herald.example&gt;"):
        file.write_text(
            f"<rss version='2.0'><channel><item><title>Bridge</title><author>{author}</author>"
            "<description>The bridge fell at dawn.</description></item></channel></rss>"
        )
        (item,) = documents(list(read(file)))
        assert item.declared["bylines"].split() == ["Ann", "Ray"]


def test_a_feed_gives_the_items_that_have_a_text(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "feed.xml", FEED)

    (item,) = documents(items)
    record = json.loads(item.content)
    assert record["html"] == "<p>All of\nit</p>"
    assert item.url == "https://h.example/1"
    said = {
        key: item.declared[key] for key in ("outlet", "language", "title", "bylines", "content")
    }
    assert said == {
        "outlet": "Herald",
        "language": "fr",
        "title": "Full",
        "bylines": "A. Writer",
        "content": "full",
    }
    (error,) = errors(items)
    assert error.where.endswith("feed.xml!2")


def test_tables_are_read_by_the_names_of_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("Kopf;Inhalt;Autor;Nr\nTitel;Wörter;A;7\n;;;\n;;B;8\n".encode("cp1252"))

    items = list(
        read(path, asked=Asked(columns={"title": "Kopf", "text": "Inhalt", "bylines": "Autor"}))
    )

    (row,) = documents(items)
    assert json.loads(row.content) == {
        "title": "Titel",
        "text": "Wörter",
        "bylines": "A",
        "Nr": "7",
    }
    said = {"title": "Titel", "bylines": "A", "Nr": "7", "encoding": "cp1252, guessed"}
    assert row.declared == said
    assert [error.where.rpartition("!")[2] for error in errors(items)] == ["4"]

    (missing,) = errors(list(read(path, asked=Asked(columns={"text": "Body"}))))
    assert "no column 'Body'" in missing.what


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Переправу закрыли в полдень."),
        ("koi8-r", "Колонна вышла из города ночью."),
        ("cp1256", "أغلق المعبر ظهرا ولم يذكر سبب"),
        ("gb18030", "口岸在中午关闭，没有说明原因。"),
        ("cp1252", "Le passage a été fermé à midi même aux âgés et près du poste."),
    ],
)
def test_a_small_table_in_an_old_encoding_is_read_and_said_to_be_guessed(
    encoding: str, text: str, tmp_path: Path
) -> None:
    content = f"title,text\n{text[:9]},{text}\n".encode(encoding)

    (row,) = documents(read_bytes(tmp_path, "table.csv", content))

    assert json.loads(row.content)["text"] == text
    assert row.declared["encoding"].endswith(", guessed")


def test_a_dump_keeps_unknown_keys_and_loses_only_bad_lines(tmp_path: Path) -> None:
    whole = (
        '{"id": 7, "title": "T", "text": "Words", "source": "Herald", "bylines": ["A", "B"], "url":'
        ' "https://h.example/1", "topic": {"a": 1}}'
    )
    lines = [
        whole,
        "",
        '{"title": "no text"}',
        '{"text": 5}',
        '"text"',
        "{" * 100_000,
        '{"html": "<p>ok</p>"}',
    ]
    items = read_bytes(tmp_path, "dump.jsonl", "\n".join(lines).encode() + b'\n{"text": "\xff"}')

    first, last = documents(items)
    assert first.content == whole.encode()
    assert first.url == "https://h.example/1"
    assert first.declared == {
        "id": "7",
        "title": "T",
        "source": "Herald",
        "outlet": "Herald",
        "bylines": "A; B",
        "url": "https://h.example/1",
        "topic": '{"a": 1}',
    }
    assert last.locator.endswith("!7")
    assert [error.where.rpartition("!")[2] for error in errors(items)] == ["3", "4", "5", "6", "8"]


def test_reasons_end_in_one_full_stop(tmp_path: Path) -> None:
    (empty,) = errors(read_bytes(tmp_path, "dump.jsonl", b"{}\n"))
    (table,) = errors(read_bytes(tmp_path, "table.csv", b"a,It was so.\nb,c\n"))

    assert str(empty).endswith("neither `text` nor `html`. It is empty.")
    assert str(table).endswith("The columns are a, It was so.")


def test_a_dump_may_begin_with_a_bad_line(tmp_path: Path) -> None:
    for first in ("null", '"words"', "words"):
        items = read_bytes(tmp_path, "dump.jsonl", f'{first}\n{{"text": "one"}}\n'.encode())
        assert (len(documents(items)), len(errors(items))) == (1, 1), first


def test_one_json_list_is_read_like_lines(tmp_path: Path) -> None:
    records = [{"text": "one"}, 5, {"text": "two"}]

    for content in (json.dumps(records), json.dumps(records, indent=1)):
        items = read_bytes(tmp_path, "dump.json", content.encode())
        assert (len(documents(items)), len(errors(items))) == (2, 1)
    lines = read_bytes(tmp_path, "dump.json", b'[1]\n{"text": "one"}\n{"text": "two"}')
    assert (len(documents(lines)), len(errors(lines))) == (2, 1)


def test_a_crawl_gives_its_pages_with_headers_and_dates(tmp_path: Path) -> None:
    content = crawl(
        ("https://h.example/1", "First"),
        {"url": "https://h.example/x.png", "media_type": "image/png", "body": b"\x89PNG"},
        {"url": "https://h.example/gone", "title": "Not found", "status": "404 Not Found"},
        {"url": PAGES[1][0], "title": "First", "kind": "revisit", "date": "2025-01-01T00:00:00Z"},
        {"url": "https://h.example/9", "title": "Elsewhere", "kind": "revisit"},
        {"url": "https://h.example/x.css?v=2", "title": "No page", "kind": "revisit"},
        ("https://h.example/2", "Second"),
    )  # fmt: skip
    items = read_bytes(tmp_path, "crawl.warc.gz", content)

    first, revisit, second = documents(items)
    assert (first.url, second.url) == ("https://h.example/1", "https://h.example/2")
    assert first.headers["etag"] == '"7"'
    assert first.collected == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert revisit.content == first.content
    assert revisit.collected == datetime(2025, 1, 1, tzinfo=UTC)
    assert len({first.locator, revisit.locator, second.locator}) == 3
    (error,) = errors(items)
    assert "h.example/9" in error.where


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_costs_itself(tmp_path: Path, packed: bool) -> None:
    before = crawl(*PAGES[:3], packed=packed)
    whole = bytearray(before + crawl(*PAGES[3:], packed=packed))
    start = len(before)
    whole[start + 12 : start + 60] = bytes(48)

    items = read_bytes(tmp_path, "crawl.warc", bytes(whole))

    urls = {document.url for document in documents(items)}
    assert len(urls) == 5
    assert len(errors(items)) >= 1


def test_a_damaged_record_that_looks_like_text_costs_itself(tmp_path: Path) -> None:
    line = b"\xff http://h.example/x 192.0.2.1 20240506070809 text/html 99999\n"
    damaged = b"\x1f\x8b\x08" + bytes(7) + line + bytes(50)

    items = read_bytes(tmp_path, "crawl.warc.gz", crawl(*PAGES[:3]) + damaged + crawl(*PAGES[3:]))

    assert [document.url for document in documents(items)] == [url for url, _ in PAGES]
    assert len(errors(items)) == 1


def test_a_clipped_crawl_gives_what_came_before(tmp_path: Path) -> None:
    for packed in (True, False):
        whole = crawl(*PAGES, packed=packed)

        items = read_bytes(tmp_path, "crawl.warc", whole[: len(whole) - 200])

        assert len(documents(items)) == 5, packed
        assert len(errors(items)) == 1, packed


def test_a_crawl_packed_as_a_whole_is_read_once(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "crawl.warc.gz", as_one_block(crawl(*PAGES)))

    assert [document.url for document in documents(items)] == [url for url, _ in PAGES]
    assert not errors(items)


@pytest.mark.parametrize("offset", [40, 67])
def test_damage_at_the_beginning_of_a_crawl_costs_its_first_record(
    offset: int, tmp_path: Path
) -> None:
    """Where it does not unpack, and where it unpacks to something else than `WARC/`."""
    damaged = bytearray(crawl(*PAGES))
    damaged[offset] ^= 0x55

    items = read_bytes(tmp_path, "crawl.warc.gz", bytes(damaged))

    assert [document.url for document in documents(items)] == [url for url, _ in PAGES[1:]]
    assert len(errors(items)) == 1


def test_a_clipped_crawl_packed_as_a_whole_gives_what_came_before(tmp_path: Path) -> None:
    whole = as_one_block(crawl(*PAGES))

    items = read_bytes(tmp_path, "crawl.warc.gz", whole[: len(whole) * 3 // 4])

    urls = [document.url for document in documents(items)]
    assert len(urls) > 1
    assert urls == [url for url, _ in PAGES[: len(urls)]]
    assert len(errors(items)) == 1


def test_crawls_that_were_put_together_are_read_whichever_way_they_are_packed(
    tmp_path: Path,
) -> None:
    by_record, whole = crawl(*PAGES[:3]), as_one_block(crawl(*PAGES[3:]))

    for content in (by_record + whole, whole + by_record):
        items = read_bytes(tmp_path, "crawl.warc.gz", content)
        assert {document.url for document in documents(items)} == {url for url, _ in PAGES}
        assert len(items) == len(PAGES)


@pytest.mark.parametrize("packed", [zipped, tarred])
@pytest.mark.parametrize("name", ["", "."])
def test_a_member_without_a_name_costs_no_other(
    packed: Callable[[dict[str, bytes]], bytes], name: str, tmp_path: Path
) -> None:
    items = read_bytes(tmp_path, "pages", packed({name: PAGE, "b.html": PAGE}))

    assert not errors(items)
    assert [document.locator.rpartition("!")[2] for document in documents(items)] == [
        name,
        "b.html",
    ]


READ_THROUGH = """
import json, sys, tracemalloc
from pathlib import Path
from corpus.article import RawDocument
from corpus.readers import read

seen, held = 0, {}
tracemalloc.start()
for item in read(Path(sys.argv[1])):
    assert isinstance(item, RawDocument), item
    assert item.content.endswith(str(seen).encode())
    seen += 1
    if seen in (5_000, 60_000):
        held[seen] = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
print(json.dumps([seen, held[5_000], held[60_000], tracemalloc.get_traced_memory()[1]]))
"""


@pytest.mark.slow
def test_an_archive_of_very_many_small_files_is_read_whole_in_flat_memory(tmp_path: Path) -> None:
    """Beyond the list of its members, which every ZIP carries, nothing is kept of a file.

    In a process of its own: what other tests have left running allocates meanwhile.
    """
    path, files = tmp_path / "pages.zip", 60_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"{number // 1000}/{number}.html", PAGE + str(number).encode())

    ran = subprocess.run(
        [sys.executable, "-c", READ_THROUGH, str(path)], capture_output=True, text=True, check=True
    )

    seen, early, late, peak = json.loads(ran.stdout)
    assert seen == files
    assert late - early < 2 << 20
    assert peak - early < 8 << 20
