"""Asking a cluster: any of its nodes, again where it is busy, and no password in what is said; and
how an index in it is laid out.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from corpus.errors import ClusterUnavailable, QueryTooComplex, StorageError
from indexer.analysis import analyzer
from indexer.generations.engine_choice import Cluster
from indexer.writers.opensearch import OpenSearchWriter
from indexer.writers.opensearch.client import Client, NoSuchIndex

NOBODY = "http://127.0.0.1:1"
Answer = tuple[int, object]


@contextmanager
def node(*answers: Answer) -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    """A server that gives these answers, the last of them for good; and what it was asked."""
    asked: list[tuple[str, dict[str, str], bytes]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked.append((self.path, headers, body))
            status, value = left.pop(0) if len(left) > 1 else left[0]
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self.do_POST()

        def do_PUT(self) -> None:
            self.do_POST()

        def log_message(self, *said: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def error(kind: str, reason: str) -> dict[str, object]:
    return {"error": {"type": kind, "reason": reason}}


def test_another_node_is_asked_where_one_is_gone_or_busy() -> None:
    with node((503, error("busy", "not yet")), (200, {"count": 3, "_shards": {}})) as (url, asked):
        client = Client(Cluster((NOBODY, url)), patience=5)
        assert client.ask("POST", "/x/_count")["count"] == 3
        assert len(asked) == 2
        client.close()


def test_no_node_at_all_is_an_error_that_names_them_and_no_password() -> None:
    client = Client(Cluster((NOBODY,), user="ann", password="s3cret"), patience=0)
    with pytest.raises(ClusterUnavailable) as caught:
        client.ask("POST", "/x/_count")
    assert NOBODY in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("cluster", "sent"),
    [
        (Cluster((), user="ann", password="s3cret"), "Basic YW5uOnMzY3JldA=="),
        (Cluster((), user="ann", password="s3cret", key="k3y"), "ApiKey k3y"),
        (Cluster((), user="Анна", password="пароль"), "Basic 0JDQvdC90LA60L/QsNGA0L7Qu9GM"),
        (Cluster(()), None),
    ],
)
def test_who_we_are_is_said_in_a_header(cluster: Cluster, sent: str | None) -> None:
    with node((200, {})) as (url, asked):
        client = Client(
            Cluster((url,), user=cluster.user, password=cluster.password, key=cluster.key)
        )
        client.ask("POST", "/")
        client.close()
        assert asked[0][1].get("authorization") == sent


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ((401, "no"), StorageError, "DISPATCHES_INDEX_USER"),
        (
            (403, error("security_exception", "no permissions for [indices:admin/create]")),
            StorageError,
            r"permissions.*docs/cluster\.md",
        ),
        ((404, error("index_not_found_exception", "no such index")), NoSuchIndex, "rebuild"),
        (
            (400, error("too_many_clauses", "maxClauseCount is set to 1024: too many clauses")),
            QueryTooComplex,
            "max_clause_count",
        ),
        (
            (429, error("cluster_block_exception", "disk usage exceeded flood-stage watermark")),
            StorageError,
            "room",
        ),
        (
            (403, error("index_create_block_exception", "cluster create-index blocked (api)")),
            StorageError,
            "room",
        ),
        ((500, error("i_o_exception", "No space left on device")), StorageError, "room"),
        ((400, error("mapper", "a field")), StorageError, "mapper: a field"),
    ],
)
def test_what_a_cluster_refuses_is_said_with_what_to_do(
    answer: Answer, kind: type[Exception], said: str
) -> None:
    with node(answer) as (url, _):
        client = Client(Cluster((url,)), patience=0)
        with pytest.raises(kind, match=said):
            client.ask("POST", "/x/_search")
        client.close()


def test_only_documents_that_a_busy_cluster_left_are_sent_again() -> None:
    busy = {"errors": True, "items": [{"index": {"status": 201}}, {"index": {"status": 429}}]}
    with node((200, busy), (200, {"errors": False})) as (url, asked):
        client = Client(Cluster((url,)), patience=5)
        client.bulk("/x", [b"one\n", b"two\n"])
        client.close()
        assert [body for _, _, body in asked] == [b"one\ntwo\n", b"two\n"]


def test_a_document_that_is_refused_ends_the_writing() -> None:
    refused = {"status": 400, "error": {"type": "mapper", "reason": "too long"}}
    with node((200, {"errors": True, "items": [{"index": refused}]})) as (url, asked):
        client = Client(Cluster((url,)), patience=5)
        with pytest.raises(StorageError, match="too long"):
            client.bulk("/x", [b"one\n"])
        client.close()
        assert len(asked) == 1


def test_a_node_that_hangs_is_found_out_and_others_are_preferred() -> None:
    """It takes connections, as the kernel does that for a process that was stopped."""
    alive = {"nodes": {"n0de": {"name": "n1"}}}
    found = {"hits": {}, "_shards": {}, "timed_out": False, "errors": False}
    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        hanging = f"http://127.0.0.1:{hangs.getsockname()[1]}"
        with node((200, alive), (200, found)) as (url, asked):
            client = Client(Cluster((hanging, url)), patience=5)
            client._put_aside(url)  # so that the other is asked first
            assert client.ask("POST", "/x/_search", seconds=0.1, any_copy=True) == found
            assert client.ask("POST", "/x/_search?q", seconds=0.1, any_copy=True) == found
            assert client.ask("POST", "/x/_bulk", seconds=0.1) == found
            client.close()
    assert [path for path, _, _ in asked] == [
        "/_nodes/_local?filter_path=nodes.*.name",
        "/x/_search?preference=_prefer_nodes:n0de",
        "/x/_search?q&preference=_prefer_nodes:n0de",
        "/x/_bulk",
    ]


def test_where_all_hang_it_is_said_after_twice_the_time_at_most() -> None:
    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        hanging = f"http://127.0.0.1:{hangs.getsockname()[1]}"
        client = Client(Cluster((hanging,)), patience=0)
        with pytest.raises(ClusterUnavailable, match=r"no answer within 0\.1 s"):
            client.ask("POST", "/x/_search", seconds=0.1)
        client.close()


@pytest.mark.parametrize("answer", [None, [1], {"ok": True}, {"count": 1}, "hello", 7])
@pytest.mark.parametrize("path", ["/_cluster/health", "/x/_search?y=z", "/x/_count", "/x/_mapping"])
def test_what_another_program_answers_is_no_answer_of_a_cluster(answer: object, path: str) -> None:
    with node((200, answer)) as (url, _):
        client = Client(Cluster((url,)), patience=0)
        with closing(client), pytest.raises(StorageError, match="no cluster of OpenSearch"):
            client.ask("GET", path)


def _raw(first: bytes, then: bytes, *, pause: float) -> Iterator[str]:
    """A node that sends these bytes, and others again and again until nobody takes them."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError), server.accept()[0] as taken:
                taken.recv(1 << 16)
                taken.sendall(first)
                while then:
                    taken.sendall(then)
                    time.sleep(pause)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


_HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "then", "pause", "said"),
    [
        (_HEAD + b'{"a":', b"", 0, "5 bytes read"),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nno", b"", 0, "gzip"),
        (_HEAD, b" ", 0.05, "did not end within"),
        (_HEAD, b" " * (1 << 16), 0, "larger than any"),
    ],
    ids=["half", "no gzip", "a byte at a time", "huge"],
)
def test_half_an_answer_is_none(
    first: bytes, then: bytes, pause: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.writers.opensearch.client._CONNECTING", 0.2)
    monkeypatch.setattr("indexer.writers.opensearch.client._LARGEST", 1 << 20)
    with contextmanager(_raw)(first, then, pause=pause) as url:
        client = Client(Cluster((url,)), patience=0)
        with closing(client), pytest.raises(ClusterUnavailable, match=said):
            client.ask("GET", "/", seconds=0.3)


@pytest.mark.parametrize(
    ("nodes", "articles", "shards"),
    [(1, 0, 1), (3, 5_000, 3), (3, 6_000_000, 3), (3, 6_000_001, 4), (13, 100_000_000, 50)],
)
def test_an_index_has_a_shard_a_node_and_more_where_they_would_be_too_large(
    tmp_path: Path, nodes: int, articles: int, shards: int
) -> None:
    with node((200, {"number_of_data_nodes": nodes}), (200, {})) as (url, asked):
        cluster = Cluster((url,), collection="sized")
        OpenSearchWriter(tmp_path, analyzer(), cluster=cluster, articles=articles).cancel()
    settings = json.loads(asked[1][2])["settings"]
    assert settings["number_of_shards"] == shards
    assert settings["number_of_replicas"] == (nodes > 1)
