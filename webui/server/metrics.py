"""Metrics: how is the server doing? Requests and their times, in the text format of Prometheus.

Only the kind of page, the status and the time are counted: no address and no query. All workers
count in the same numbers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from flask import Flask, Response, g, request

from webui.server.request_queue import ARRIVED
from webui.server.shared_numbers import SharedNumbers

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_STATUSES = (200, 302, 304, 400, 404, 405, 410, 429, 500, 503)
_OTHER = "other"
_UNMATCHED = "none"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_ROW = len(_STATUSES) + 1 + len(_BOUNDS) + 2  # statuses, buckets up to infinity, sum of seconds


class Metrics:
    """Counts by kind of page.

    Args:
        endpoints: names of the kinds of page; others count as `none`.
    """

    def __init__(self, endpoints: Sequence[str]) -> None:
        self._rows = {name: row for row, name in enumerate([*sorted(endpoints), _UNMATCHED])}
        self._numbers = SharedNumbers(len(self._rows) * _ROW)

    def count(self, endpoint: str, status: int, seconds: float) -> None:
        """One request answered."""
        start = self._rows.get(endpoint, self._rows[_UNMATCHED]) * _ROW
        known = status in _STATUSES
        place = _STATUSES.index(status) if known else len(_STATUSES)
        bucket = sum(seconds > bound for bound in _BOUNDS)
        with self._numbers.changing() as numbers:
            numbers[start + place] += 1
            numbers[start + len(_STATUSES) + 1 + bucket] += 1
            numbers[start + _ROW - 1] += seconds

    def lines(self) -> Iterator[str]:
        """Everything counted, kinds of page without a request left out."""
        numbers = self._numbers.read()
        rows = {
            name: row
            for name, place in self._rows.items()
            if any(row := numbers[place * _ROW : (place + 1) * _ROW])
        }
        yield "# HELP dispatches_requests_total Requests answered.\n"
        yield "# TYPE dispatches_requests_total counter\n"
        for name, row in rows.items():
            for status, count in zip((*_STATUSES, _OTHER), row, strict=False):
                if count:
                    labels = f'endpoint="{name}",status="{status}"'
                    yield f"dispatches_requests_total{{{labels}}} {count:.0f}\n"
        yield "# HELP dispatches_request_seconds Time from arrival until an answer began.\n"
        yield "# TYPE dispatches_request_seconds histogram\n"
        for name, row in rows.items():
            yield from _histogram(name, row[len(_STATUSES) + 1 : -1], row[-1])


def _histogram(name: str, buckets: Sequence[float], seconds: float) -> Iterator[str]:
    so_far = 0.0
    for bound, count in zip((*_BOUNDS, "+Inf"), buckets, strict=True):
        so_far += count
        labels = f'endpoint="{name}",le="{bound}"'
        yield f"dispatches_request_seconds_bucket{{{labels}}} {so_far:.0f}\n"
    yield f'dispatches_request_seconds_sum{{endpoint="{name}"}} {seconds:.6f}\n'
    yield f'dispatches_request_seconds_count{{endpoint="{name}"}} {so_far:.0f}\n'


def install(app: Flask) -> None:
    """Counts the requests of an application, which has all its addresses by now."""
    metrics = Metrics([*{rule.endpoint for rule in app.url_map.iter_rules()}])
    app.extensions["metrics"] = metrics

    def begin() -> None:
        g.began = request.environ.get(ARRIVED) or time.perf_counter()

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        metrics.count(request.endpoint or _UNMATCHED, response.status_code, seconds)
        return response

    app.before_request(begin)
    app.after_request(end)
