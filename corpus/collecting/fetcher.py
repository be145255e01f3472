"""Fetcher: how is an address fetched?

As often as needed, as seldom as possible, where we are welcome.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import urljoin

from corpus.collecting.listings import is_cut_off
from corpus.collecting.robots import Robots
from corpus.collecting.safety import Target, target_of
from corpus.collecting.transfer import SENT, Answer, Limits, request
from corpus.errors import CollectError
from corpus.readers.source import in_utc
from corpus.readers.web.sent import range_of

AGENT = "Dispatches"
_TEMPORARY = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_FIRST_WAIT = 1.0
_FIRST_REST = 60.0
_LONGEST_REST = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it came.

    Attributes:
        url: where it is, after redirects.
        unchanged: the server says that it is as we have it; there is no content.
        is_part: the server says that this is its first part, though all of it was asked for.
    """

    url: str
    answer: Answer
    collected: datetime
    unchanged: bool
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class _Rest:
    """How long an address that failed is left alone, until when, and why."""

    seconds: float
    until: float
    reason: str


class Fetcher:
    """Fetches addresses; safe from several threads.

    Args:
        delay: seconds between two visits to one host; its robots.txt may ask for more.
        allow_private: whether hosts in private networks may be fetched.
        wait: sleeps; raises to end a run early.
        now: a clock in seconds.
    """

    def __init__(
        self,
        *,
        delay: float = 1.0,
        allow_private: bool = False,
        limits: Limits | None = None,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._delay = delay
        self._allow_private = allow_private
        self._limits = limits or Limits()
        self._wait = wait
        self._now = now
        self._robots = Robots(self._ask_for_robots, agent=AGENT)
        self._hosts: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free_at: dict[str, float] = {}
        self._left_alone: dict[str, float] = {}
        self._resting: dict[str, _Rest] = {}

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Fetches a page, following redirects and trying again where that may help.

        An address that failed for now is not asked for a minute, doubled by every failure that
        follows, up to a day: a feed that is watched and broken is not knocked at all night.

        Args:
            etag, last_modified: of the copy that is here already, if there is one.

        Raises:
            UnsafeInput: the address is not public, or the page too long.
            CollectError: there is no page; `temporary` when there may be one later.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        rest = self._resting.get(url)
        if rest is not None and self._now() < rest.until:
            raise CollectError(f"{rest.reason}; it rests a while", where=url, temporary=True)
        try:
            fetched = self._fetched(url, {name: value for name, value in headers.items() if value})
        except CollectError as error:
            if error.temporary:
                seconds = min(2 * rest.seconds, _LONGEST_REST) if rest else _FIRST_REST
                self._resting[url] = _Rest(seconds, self._now() + seconds, error.what)
            raise
        self._resting.pop(url, None)
        return fetched

    def _fetched(self, url: str, conditions: dict[str, str]) -> Fetched:
        final, answer = self._follow(url, conditions, self._visit)
        if answer.status not in SENT and not (answer.status == 304 and conditions):
            raise CollectError(
                f"the server answers {answer.status}",
                where=url,
                temporary=answer.status in _TEMPORARY,
            )
        start, is_all = 0, True
        if answer.status == 206:
            start, is_all = range_of(answer.headers.get("content-range", ""))
        if start:
            raise CollectError("the server sent only a later part of the page", where=url)
        return Fetched(
            url=final,
            answer=answer,
            collected=datetime.now(UTC),
            unchanged=answer.status == 304,
            is_part=not is_all,
        )

    def forget_robots(self) -> None:
        """Makes the next visit to each origin read its robots.txt anew."""
        self._robots.forget()

    def _follow(
        self, url: str, headers: dict[str, str], ask: Callable[[str, dict[str, str]], Answer]
    ) -> tuple[str, Answer]:
        for _ in range(self._limits.redirects + 1):
            answer = ask(url, headers)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return url, answer
            try:
                url = urljoin(url, answer.headers["location"]).partition("#")[0]
            except ValueError:
                raise CollectError("it redirects to no address", where=url) from None
        raise CollectError(f"more than {self._limits.redirects} redirects", where=url)

    def _visit(self, url: str, headers: dict[str, str]) -> Answer:
        target = target_of(url)
        self._robots.check(url, target)
        return self._patiently(target, headers, self._robots.delay(target))

    def _ask_for_robots(self, url: str) -> Answer:
        _, answer = self._follow(
            url, {}, lambda hop, headers: self._patiently(target_of(hop), headers, 0.0)
        )
        if answer.status >= 400:
            for_now = answer.status >= 500 or answer.status in _TEMPORARY  # asked too often, too
            raise CollectError(f"robots.txt: {answer.status}", where=url, temporary=for_now)
        return answer

    def _patiently(self, target: Target, headers: dict[str, str], delay: float) -> Answer:
        """Asks until the answer is no temporary failure, or patience is at its end."""
        if self._now() < self._left_alone.get(target.host, 0.0):
            raise CollectError(
                "the server asked to be left alone for a while", where=target.host, temporary=True
            )
        wait = _FIRST_WAIT
        for tries_left in reversed(range(self._limits.tries)):
            try:
                answer = self._in_turn(target, headers, max(delay, self._delay))
            except CollectError as error:
                if not (error.temporary and tries_left):
                    raise
            else:
                if answer.status not in _TEMPORARY or not tries_left:
                    return answer
                asked = _seconds_asked(answer.headers.get("retry-after"))
                if asked > self._limits.retry_after:
                    rest = min(asked, _LONGEST_REST)
                    self._left_alone[target.host] = self._now() + rest
                    return answer
                wait = max(wait, asked)
            self._wait(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _in_turn(self, target: Target, headers: dict[str, str], delay: float) -> Answer:
        """Asks when the host's turn has come; one question at a time for each host."""
        with self._hosts[target.host]:
            early = self._free_at.get(target.host, 0.0) - self._now()
            if early > 0:
                self._wait(early)
            try:
                return request(
                    target,
                    {"User-Agent": user_agent(), "Accept": "text/html, */*;q=0.8", **headers},
                    limits=self._limits,
                    allow_private=self._allow_private,
                    part_will_do=is_cut_off,
                )
            finally:
                self._free_at[target.host] = self._now() + delay


def user_agent() -> str:
    """How we name ourselves to servers."""
    return f"{AGENT}/{version('dispatches')}"


def _seconds_asked(retry_after: str | None) -> float:
    """The wait that a `Retry-After` header asks for: seconds, or a moment."""
    if not retry_after:
        return 0.0
    if retry_after.strip().isdecimal():
        return float(retry_after)
    moment = in_utc(retry_after, parsedate_to_datetime)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0) if moment else 0.0
