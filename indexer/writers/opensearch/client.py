"""Client: how is a cluster asked? Any of its nodes, and again where another try may help.

A node that does not answer is left alone for a while, and the next one asked. One that hangs keeps
others from answering too, as they wait for it: then all are asked for a sign of life, and what any
copy of an article can answer is asked of copies on those that gave one. What is sent twice does no
harm: documents have ids, and questions change nothing. The password is in the header of a
request and nowhere else: no error and no log shows it.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import make_headers

from corpus.errors import ClusterUnavailable, IndexCorrupt, QueryTooComplex, StorageError
from indexer.generations.engine_choice import Cluster

_BUSY = frozenset((429, 502, 503, 504))
_IS_BLOCKED = "cluster_block_exception"  # comes as 429 too, and stays until somebody does something
_IS_FULL = ("watermark", "disk usage", "create-index block", "No space left")
"""In the reasons of a cluster that has no room: for more of an index, for another one, at all."""
_ASIDE, _LONGEST_ASIDE = 5.0, 60.0  # seconds for which a node that did not answer is asked last
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
_CONNECTING = 3.0
_SIGN = 1.0  # seconds in which a node that works at all tells who it is
_PREFERRED = 30.0  # seconds: by then a cluster has noticed itself that a node hangs
_SHOWN = 300  # letters of a reason
_LARGEST = 1 << 30  # bytes of an answer; ten thousand articles are a part of it
_PART = 1 << 16
_HOLDING = {
    "_search": ("hits", "_shards", "timed_out"),
    "_count": ("count", "_shards"),
    "_bulk": ("errors",),
    "health": ("number_of_data_nodes",),
}
"""What an answer of a cluster has, by the end of its address. What lacks it, another program
sent."""


class _Aside(NamedTuple):
    """Until when a node is asked last, and for how long it is: twice as long each time."""

    until: float
    seconds: float


class NoSuchIndex(IndexCorrupt):
    """The cluster does not have an index that it was asked for."""


class Client:
    """A cluster. Thread-safe; each process has connections of its own.

    Args:
        patience: seconds for which a request is tried again where no node takes it.
    """

    def __init__(self, cluster: Cluster, *, patience: float = 10.0) -> None:
        self.cluster = cluster
        self._patience = patience
        self._aside: dict[str, _Aside] = {}
        self._preferred: tuple[str, float] = "", 0.0
        self._process = 0
        self._pool = urllib3.PoolManager()
        if cluster.key:
            self._identity = {"authorization": f"ApiKey {cluster.key}"}
        elif cluster.user:
            pair = f"{cluster.user}:{cluster.password}".encode("utf-8", "surrogateescape")
            self._identity = make_headers(basic_auth=pair.decode("latin-1"))  # bytes as they are
        else:
            self._identity = {}

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        seconds: float = 60.0,
        any_copy: bool = False,
    ) -> dict[str, Any]:
        """What the cluster answers.

        Args:
            body: becomes JSON; bytes are sent as lines of it.
            seconds: how long one node may take. One that was stopped takes connections and says
                nothing, so that no more are asked once this and the patience have passed.
            any_copy: whether any copy of an article will do.

        Raises:
            ClusterUnavailable: no node answered, or none could.
            NoSuchIndex: it has no such index.
            QueryTooComplex: it allows fewer clauses than the question has.
            StorageError: it refuses.
        """
        data, kind = None, "application/json"
        if isinstance(body, bytes):
            data, kind = body, "application/x-ndjson"
        elif body is not None:
            data = _written(body)
        until, wait, reason = time.monotonic() + self._patience, _FIRST_WAIT, ""
        while True:
            for url in self._nodes():
                try:
                    status, told = self._sent(
                        method,
                        url + path + (self._preference(path) if any_copy else ""),
                        data,
                        kind,
                        seconds,
                    )
                except ReadTimeoutError:
                    reason = f"{url}: no answer within {round(seconds, 1):g} s"
                    self._look_for_life()
                    if time.monotonic() > until + seconds:
                        break
                    continue
                except HTTPError as error:
                    self._put_aside(url)
                    reason = f"{url}: {_short(str(error))}"
                    continue
                if status not in _BUSY or _IS_BLOCKED.encode() in told:
                    self._aside.pop(url, None)
                    return self._read(status, told, url + path)
                reason = f"{url}: {_reason(told)}"
            if time.monotonic() + wait > until:
                raise self._unavailable(reason)
            time.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - not for secrets
            wait = min(2 * wait, _LONGEST_WAIT)

    def _sent(
        self, method: str, url: str, data: bytes | None, kind: str, seconds: float
    ) -> tuple[int, bytes]:
        """One answer of one node, whole.

        Raises:
            HTTPError: it gave none, or not all of it within the time, or more than any cluster.
        """
        until = time.monotonic() + _CONNECTING + seconds
        answer = self._connections().request(
            method,
            url,
            body=data,
            headers={**self._identity, "content-type": kind},
            timeout=urllib3.Timeout(connect=_CONNECTING, read=seconds),
            retries=False,
            preload_content=False,
        )
        try:
            whole = _whole(answer, until)
        except BaseException:
            answer.close()  # what is left of it must not be taken for the next one
            raise
        answer.release_conn()
        return answer.status, whole

    def bulk(self, path: str, actions: Sequence[bytes]) -> None:
        """Has the cluster do all of some actions, those again that it was too busy for.

        Args:
            actions: each with its document.

        Raises:
            StorageError: it refuses one of them. ClusterUnavailable: as `ask`.
        """
        until, wait, left = time.monotonic() + self._patience, _FIRST_WAIT, list(actions)
        while True:
            answer = self.ask(
                "POST",
                f"{path}/_bulk?timeout=20s&filter_path=errors,items.*.status,items.*.error",
                b"".join(left),
                seconds=45.0,  # one that waits for a node that died is sent to another
            )
            if not answer["errors"]:
                return
            done = [next(iter(item.values())) for item in answer["items"]]
            for item in done:
                reason = _told(item.get("error", {}))
                if item["status"] >= 300 and (item["status"] not in _BUSY or _IS_BLOCKED in reason):
                    raise _refused(item["status"], reason, path)
            left = [
                action
                for action, item in zip(left, done, strict=True)
                if item["status"] in _BUSY
            ]  # fmt: skip
            if time.monotonic() + wait > until:
                raise self._unavailable("it is too busy to take more documents")
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def close(self) -> None:
        """Closes the connections that nobody uses."""
        self._pool.clear()

    def _nodes(self) -> list[str]:
        """Every node, in random order, those that did not answer a moment ago at the end."""
        urls = random.sample(self.cluster.urls, len(self.cluster.urls))
        now, aside = time.monotonic(), dict(self._aside)
        return sorted(urls, key=lambda url: url in aside and aside[url].until > now)

    def _put_aside(self, url: str, least: float = _ASIDE) -> None:
        before = self._aside.get(url)
        seconds = max(least, min(2 * before.seconds, _LONGEST_ASIDE)) if before else least
        self._aside[url] = _Aside(time.monotonic() + seconds, seconds)

    def _preference(self, path: str) -> str:
        nodes, until = self._preferred
        if not nodes or time.monotonic() > until:
            return ""
        return f"{'&' if '?' in path else '?'}preference=_prefer_nodes:{nodes}"

    def _look_for_life(self) -> None:
        """Asks every node who it is, and prefers those that say it."""
        alive: list[str] = []
        for url in self.cluster.urls:
            try:
                answer = self._connections().request(
                    "GET",
                    f"{url}/_nodes/_local?filter_path=nodes.*.name",
                    headers=self._identity,
                    timeout=_SIGN,
                    retries=False,
                )
            except HTTPError:
                self._put_aside(url, _PREFERRED)
                continue
            if answer.status == 200:
                alive += self._read(answer.status, answer.data, url).get("nodes", {})
        self._preferred = ",".join(alive), time.monotonic() + _PREFERRED

    def _connections(self) -> urllib3.PoolManager:
        if self._process != os.getpid():  # a connection must not be shared with a forked process
            verified: Mapping[str, Any] = {}
            if self.cluster.authority:
                verified = {"ca_certs": self.cluster.authority}
            self._pool = urllib3.PoolManager(maxsize=16, cert_reqs="CERT_REQUIRED", **verified)
            self._process = os.getpid()
        return self._pool

    def _read(self, status: int, data: bytes, where: str) -> dict[str, Any]:
        if status == 404 and b"index_not_found" in data:
            raise NoSuchIndex(
                "the cluster does not have this index",
                where=where,
                advice="Run `dispatches rebuild`",
            )
        if status >= 300:
            raise _refused(status, _reason(data), where)
        try:
            answer: object = json.loads(data) if data else {}
        except (ValueError, RecursionError):
            answer = None
        if not _is_of_a_cluster(answer, where):
            raise StorageError(
                "this is no cluster of OpenSearch",
                where=where,
                advice="Name the nodes of one with --index, and nothing between that answers in"
                " their place",
            )
        return answer

    def _unavailable(self, reason: str) -> ClusterUnavailable:
        return ClusterUnavailable(
            f"no node of the cluster can answer: {reason}",
            where=", ".join(self.cluster.urls),
            advice=next(
                (advice for sign, advice in _ADVICE.items() if sign in reason),
                "Start its nodes, or name others with --index",
            ),
        )


_ADVICE = {
    "mismatch": "Name the nodes as their certificates do",
    "certificate has expired": "Renew the certificates of the nodes",
    "CERTIFICATE_VERIFY_FAILED": "Name in DISPATCHES_INDEX_CA a file with the certificate of who"
    " certified them",
    "NO_CERTIFICATE": "Name in DISPATCHES_INDEX_CA a file with certificates, as text in PEM",
    "WRONG_VERSION_NUMBER": "They do not speak TLS: write http, or have them speak it",
}
"""What to do, by the first sign in a reason that OpenSSL gives."""


def _whole(answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
    whole = bytearray()
    while part := answer.read1(_PART):
        whole += part
        if time.monotonic() > until:  # one byte at a time keeps nobody waiting for ever
            raise HTTPError("its answer did not end within the time")
        if len(whole) > _LARGEST:
            raise HTTPError("its answer is larger than any of a cluster")
    return bytes(whole)


def _is_of_a_cluster(answer: object, where: str) -> TypeGuard[dict[str, Any]]:
    """Whether an answer has the form of what was asked for."""
    if not isinstance(answer, dict):
        return False
    end = where.partition("?")[0].rpartition("/")[2]
    if end == "_mapping":
        return all(
            isinstance(one, dict) and isinstance(one.get("mappings"), dict)
            for one in answer.values()
        )
    return all(name in answer for name in _HOLDING.get(end, ()))


def _written(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _short(reason: str) -> str:
    return reason if len(reason) <= _SHOWN else reason[:_SHOWN] + "…"


def _reason(data: bytes) -> str:
    """Why a cluster refuses, as it says it."""
    try:
        error = json.loads(data)["error"]
    except (ValueError, KeyError, TypeError):
        return _short(data.decode("utf-8", "replace"))
    return _told(error)


def _told(error: Any) -> str:
    """The deepest cause that an error of a cluster names."""
    while isinstance(error, dict):
        inner = error.get("caused_by") or next(iter(error.get("root_cause", ())), None)
        if not inner or inner == error:
            return _short(f"{error.get('type', 'error')}: {error.get('reason', '')}")
        error = {key: value for key, value in inner.items() if key != "root_cause"}
    return _short(str(error))


def _refused(status: int, reason: str, where: str) -> StorageError | QueryTooComplex:
    if "clause" in reason and "too" in reason:
        return QueryTooComplex(
            f"the cluster allows fewer clauses than this question has ({reason})",
            where="q",
            advice="Write more letters of the words, or raise"
            " indices.query.bool.max_clause_count to 16384 there",
        )
    if status == 401:
        return StorageError(
            "the cluster does not let us in",
            where=where,
            advice="Set DISPATCHES_INDEX_USER and DISPATCHES_INDEX_PASSWORD, or"
            " DISPATCHES_INDEX_KEY",
        )
    if status == 403 and "block" not in reason:
        return StorageError(
            f"the cluster does not allow that to whom we name: {reason}",
            where=where,
            advice="Name another user, or give this one the role that docs/cluster.md has",
        )
    if any(word in reason for word in _IS_FULL):
        return StorageError(
            f"a node of the cluster has hardly any room left, and takes no more: {reason}",
            where=where,
            advice="Make room there, or add a node, wait a minute, and run it again",
        )
    return StorageError(f"the cluster refuses ({status}): {reason}", where=where)
