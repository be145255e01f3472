"""Answers are sent smaller to who can read them so, and are the same answers."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
import pytest
import zstandard
from flask.testing import FlaskClient

READERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
PATHS = (
    *("/search?q=drone", "/api/v1/search?q=drone", "/feed.atom?q=drone", "/feed.json?q=drone"),
    *("/api/v1/export.jsonl", "/api/v1/export.ftm", "/api/v1/export.geojson"),
)


def taken(client: FlaskClient, path: str, accepted: str) -> tuple[str, bytes, str]:
    answer = client.get(path, headers={"Accept-Encoding": accepted} if accepted else {})
    assert answer.status_code == 200
    assert "Accept-Encoding" in answer.headers["Vary"]
    return answer.headers.get("Content-Encoding", ""), answer.data, answer.headers.get("ETag", "")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", READERS)
def test_what_is_unpacked_is_the_answer(client: FlaskClient, path: str, coding: str) -> None:
    plain = taken(client, path, "")
    packed = taken(client, path, coding)
    assert (plain[0], packed[0]) == ("", coding)
    assert len(packed[1]) < len(plain[1])
    told = READERS[coding](packed[1])
    if "took_ms" not in plain[1].decode():
        assert told == plain[1]
    assert len(told) == pytest.approx(len(plain[1]), abs=8)
    assert packed[2] == plain[2]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("identity", ""),
        ("deflate", ""),
        ("*;q=0", ""),
    ],
)
def test_the_client_chooses(client: FlaskClient, accepted: str, coding: str) -> None:
    assert taken(client, "/search?q=drone", accepted)[0] == coding


def test_what_is_small_or_no_text_or_unchanged_is_sent_as_it_is(client: FlaskClient) -> None:
    asked = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in client.get("/healthz", headers=asked).headers
    first = client.get("/search?q=drone", headers=asked)
    again = client.get("/search?q=drone", headers=asked | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Encoding" not in again.headers
