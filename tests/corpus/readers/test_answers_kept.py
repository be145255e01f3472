"""What programs keep as a server sent it, tables that end in the middle, and programs that unpack."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError
from corpus.readers import read
from tests.corpus.readers.crawls import crawl

FIRST = "The ferry lay at the mole for three days while divers searched the harbor for mines."
LAST = "On Thursday the port office let it leave with forty passengers and no cargo at all."
PAGE = f"<html><title>Ferry leaves</title><article><p>{FIRST}</p><p>{LAST}</p></article></html>"
TEXT = f"{FIRST}\n\n{LAST}"


def _read(folder: Path, name: str, content: bytes) -> tuple[list[Article], list[str]]:
    (folder / name).write_bytes(content)
    items = list(read(folder / name))
    articles = [clean(item) for item in items if isinstance(item, RawDocument)]
    return articles, [item.what for item in items if isinstance(item, InputError)]


def _sent(body: bytes, *headers: str, status: str = "200 OK", version: str = "1.1") -> bytes:
    lines = [f"HTTP/{version} {status}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize(
    "content",
    [
        _sent(PAGE.encode(), "Content-Type: text/html"),
        _sent(PAGE.encode(), "content-type: text/html", version="2"),
        _sent(_sent(PAGE.encode(), "Server: a"), status="100 Continue"),
        _sent(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"),
        _sent(PAGE.encode(), "Content-Encoding: gzip"),
        _sent(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode()), "Transfer-Encoding: chunked"),
    ],
    ids=["plain", "http2", "interim", "packed", "unpacked", "chunked"],
)
def test_an_answer_is_read_without_its_headers(tmp_path: Path, content: bytes) -> None:
    articles, wrong = _read(tmp_path, "saved", content)
    assert [article.text for article in articles] == [TEXT]
    assert wrong == []


def test_what_stands_behind_headers_is_told_by_its_own_beginning(tmp_path: Path) -> None:
    content = _sent(b"%PDF-1.4\nnothing", "Content-Type: application/pdf")
    with pytest.raises(InputError, match="PDF is damaged"):
        _read(tmp_path, "a.pdf", content)


def test_an_answer_that_there_is_nothing_is_no_article(tmp_path: Path) -> None:
    articles, wrong = _read(
        tmp_path, "a.html", _sent(PAGE.encode(), "Server: a", status="404 Not Found")
    )
    assert (articles, wrong) == ([], ["the server answered with 404"])


def test_a_text_about_http_is_a_text(tmp_path: Path) -> None:
    articles, _ = _read(tmp_path, "a.txt", f"HTTP/1.1 200 OK is an answer.\n\n{TEXT}".encode())
    assert articles[0].text.endswith(TEXT)


def test_a_page_in_a_crawl_may_follow_an_interim_answer(tmp_path: Path) -> None:
    answer = _sent(PAGE.encode(), "Content-Type: text/html")
    page = {"url": "https://h.example/7", "status": "100 Continue", "body": answer}
    articles, wrong = _read(tmp_path, "a.warc", crawl(page, packed=False))
    assert [article.text for article in articles] == [TEXT]
    assert wrong == []


@pytest.mark.parametrize(
    ("rows", "cut"),
    [
        (f"title,text,date\nA,{FIRST},2023-03-07\nB,{LAST}", [False, True]),
        (f'title,date,text\nA,2023-03-07,"{FIRST}"\nB,2023-03-07,"{LAST}', [False, True]),
        (f"title,text,date\nA,{FIRST},2023-03-07\nB,{LAST},2023-03-07", [False, False]),
        (f"title,text,date\nA,{FIRST}\nB,{LAST},2023-03-07\n", [False, False]),
    ],
    ids=["cells", "quotation", "whole", "ragged"],
)
def test_the_last_row_of_a_table_that_is_cut_off_says_so(
    tmp_path: Path, rows: str, cut: list[bool]
) -> None:
    articles, wrong = _read(tmp_path, "a.csv", rows.encode())
    assert ["cut_off" in article.quality.flags for article in articles] == cut
    assert wrong == []


def test_a_source_that_is_an_address_is_that_of_the_page(tmp_path: Path) -> None:
    site = {"hostname": "harbor.example", "source": "https://harbor.example/7"}
    kept = json.dumps({"title": "Ferry leaves", **site, "text": FIRST})
    articles, _ = _read(tmp_path, "a.jsonl", f"{kept}\n".encode())
    assert (articles[0].url, articles[0].outlet) == ("https://harbor.example/7", "harbor.example")


@pytest.mark.parametrize("begun", [b"MZ\x90\0", b"MZP\0", b"MZ\0\0"])
def test_a_program_may_unpack_itself(tmp_path: Path, begun: bytes) -> None:
    (tmp_path / "a.exe").write_bytes(begun + bytes(9000) + b"Rar!\x1a\x07\x01\0")
    (told,) = read(tmp_path / "a.exe")
    assert isinstance(told, InputError)
    assert "a program (Windows)" in told.what
    assert "unpack it" in told.advice
