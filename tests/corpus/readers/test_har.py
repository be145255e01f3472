"""HAR: the pages that a browser kept of what it was sent."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from corpus.cleaner import clean
from tests.corpus.readers.test_readers import documents, errors, read_bytes

FERRY = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said."
DIVERS = "Divers looked for the captain until the current grew too strong, and will go on in the morning."


def page(title: str) -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{FERRY}</p><p>{DIVERS}</p></article></body></html>"


def entry(
    path: str,
    text: str | None,
    *,
    kind: str = "text/html; charset=windows-1251",
    status: int = 200,
    **more: str,
) -> dict[str, Any]:
    content = {"mimeType": kind, **({"text": text} if text is not None else {}), **more}
    return {
        "startedDateTime": "2023-03-08T09:00:00.000+02:00",
        "request": {"method": "GET", "url": f"https://h.example{path}"},
        "response": {
            "status": status,
            "headers": [{"name": "Content-Type", "value": kind}],
            "content": content,
        },
    }


def har(*entries: object) -> bytes:
    return json.dumps(
        {"log": {"version": "1.2", "creator": {"name": "x"}, "entries": entries}}
    ).encode()


def test_pages_are_read_and_nothing_else(tmp_path: Path) -> None:
    packed = base64.b64encode(page("Паром затонул").encode("cp1251")).decode()
    told = read_bytes(tmp_path, "a.har", har(
        entry("/1", page("Паром сгорел")), entry("/2", packed, encoding="base64"),
        entry("/x.js", "var a = 1;", kind="application/javascript"), entry("/gone", page("Gone"), status=404),
    ))  # fmt: skip
    assert errors(told) == []
    shown, sent = documents(told)
    assert [clean(one).title for one in (shown, sent)] == ["Паром сгорел", "Паром затонул"]
    assert (shown.url, shown.collected.isoformat()) == (
        "https://h.example/1",
        "2023-03-08T07:00:00+00:00",
    )


def test_a_file_without_entries_says_so(tmp_path: Path) -> None:
    (error,) = errors(read_bytes(tmp_path, "a.har", har()[:60]))
    assert error.what == "there is no entry in this file"


def test_what_was_not_kept_and_what_is_damaged_is_told_of(tmp_path: Path) -> None:
    content = har(
        entry("/1", None),
        entry("/2", "?", encoding="base64"),
        {"request": 1},
        entry("/3", page("Ferry sinks")),
        entry("/4", page("Cut")),
    )
    told = read_bytes(tmp_path, "a.har", content[:-300])
    assert [clean(one).title for one in documents(told)] == ["Ferry sinks"]
    not_kept, damaged, other, cut = errors(told)
    assert "not kept" in not_kept.what
    assert "collect" in not_kept.advice
    assert "damaged" in damaged.what
    assert "not as such files have it" in other.what
    assert "ends within it" in cut.what


def test_an_address_that_was_visited_again_has_a_place_of_its_own(tmp_path: Path) -> None:
    later = entry("/1", page("Ferry raised")) | {"startedDateTime": "2023-03-08T19:00:00.000+02:00"}
    told = read_bytes(tmp_path, "a.har", har(entry("/1", page("Ferry sinks")), later))
    assert errors(told) == []
    first, second = documents(told)
    assert first.url == second.url
    assert first.locator != second.locator
    assert "2023-03-08T17:00" in second.locator


def test_a_page_with_several_stories_gives_each(tmp_path: Path) -> None:
    text = f"<p>{FERRY}</p><p>{DIVERS}</p>" * 2
    several = "".join(f"<article><h2>{title}</h2>{text}</article>" for title in ("One", "Two"))
    told = read_bytes(tmp_path, "a.har", har(entry("/", f"<html><body>{several}</body></html>")))
    assert [clean(one).title for one in documents(told)] == ["One", "Two"]
