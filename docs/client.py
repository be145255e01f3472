"""A client for Dispatches that needs nothing but Python: copy it, or run it.

    python client.py http://127.0.0.1:8000 'person:"Vladimir Putin" ceasefire' > found.jsonl

It reads every page of a result from one generation of the index, waits when it is told to, and
starts again when the generation it began with is gone.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode


class Problem(Exception):
    """The server refused. `code` is stable, `detail` is for people."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        super().__init__(document.get("detail", f"status {status}"))
        self.status = status
        self.code = document.get("code", "")
        self.param = document.get("param", "")


class Incomplete(Exception):
    """An export ended before its last line."""


class Dispatches:
    """One server.

    Args:
        address: `http://127.0.0.1:8000`.
        patience: how often to wait when the server says that it was asked too much, and how often
            to begin a walk again when its generation is gone.
    """

    def __init__(self, address: str, *, patience: int = 5) -> None:
        self.address = address.rstrip("/")
        self.patience = patience

    def get(self, path: str, **parameters: Any) -> Any:
        """One answer, read as JSON. A list repeats its parameter."""
        with self._open(path, parameters) as answer:
            return json.load(answer)

    def search(self, q: str = "", **parameters: Any) -> dict[str, Any]:
        """One page of hits, with counts."""
        answer: dict[str, Any] = self.get("/api/v1/search", q=q, **parameters)
        return answer

    def every(self, q: str = "", **parameters: Any) -> Iterator[dict[str, Any]]:
        """Every hit of a result, page by page, each article once.

        Should the generation be pruned on the way, it begins again in the current one and passes
        over what it has given already.
        """
        given: set[str] = set()
        cursor = ""
        begun = 1
        while True:
            try:
                page = self.search(q, limit=100, cursor=cursor, **parameters)
            except Problem as problem:
                if problem.code != "generation_gone" or begun > self.patience:
                    raise
                cursor = ""
                begun += 1
                continue
            for item in page["items"]:
                if item["id"] not in given:
                    given.add(item["id"])
                    yield item
            cursor = page["next_cursor"] or ""
            if not cursor:
                return

    def article(self, article_id: str) -> dict[str, Any]:
        """One article with its text."""
        answer: dict[str, Any] = self.get(f"/api/v1/articles/{article_id}")
        return answer

    def article_at(self, url: str) -> dict[str, Any] | None:
        """The article that was collected from an address; None when none was."""
        try:
            answer: dict[str, Any] = self.get("/api/v1/articles", url=url)
        except Problem as problem:
            if problem.code != "article_not_found":
                raise
            return None
        return answer

    def export(self, q: str = "", **parameters: Any) -> Iterator[dict[str, Any]]:
        """Every article of a result with its text, in one answer.

        Raises:
            Incomplete: after the articles that did arrive.
        """
        last: dict[str, Any] = {}
        with self._open("/api/v1/export.jsonl", {"q": q, **parameters}) as answer:
            try:
                for line in answer:
                    last = json.loads(line)
                    if "complete" not in last:
                        yield last
            except (
                OSError,
                HTTPException,
                ValueError,
            ):  # the line broke, in the middle of one perhaps
                last = {}
        if not last.get("complete"):
            raise Incomplete("the export has no last line that says it is complete")

    def _open(self, path: str, parameters: dict[str, Any]) -> Any:
        address = f"{self.address}{path}?{urlencode(parameters, doseq=True)}"
        for attempt in range(self.patience + 1):
            try:
                return urllib.request.urlopen(address, timeout=60)  # noqa: S310 - the address is ours
            except urllib.error.HTTPError as error:
                with error:
                    wait = error.headers.get("Retry-After")
                    document = _document(error.read())
                if wait is None or attempt == self.patience:
                    raise Problem(error.code, document) from None
                time.sleep(float(wait))
        raise AssertionError("the loop returns or raises")


def _document(body: bytes) -> dict[str, Any]:
    """The problem in an answer; nothing where a proxy or another server wrote it."""
    try:
        document: dict[str, Any] = json.loads(body)
    except ValueError:
        return {}
    return document


def main() -> int:
    """Writes every article of a query as JSON Lines."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)  # noqa: T201 - a command
        return 2
    try:
        for article in Dispatches(sys.argv[1]).export(sys.argv[2]):
            print(json.dumps(article, ensure_ascii=False))  # noqa: T201 - a command
    except (Problem, Incomplete, OSError) as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
