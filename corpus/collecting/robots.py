"""May we? What robots.txt of each origin says, read once a run (RFC 9309)."""

from __future__ import annotations

import threading
from collections.abc import Callable

from protego import Protego

from corpus.collecting.safety import Target
from corpus.collecting.transfer import Answer
from corpus.errors import CollectError

_MAX_BYTES = 512 << 10  # RFC 9309, section 2.5, asks for at least 500 KiB
_MAX_DELAY = 60.0


class Robots:
    """The rules of every origin asked so far; safe from several threads.

    Args:
        ask: fetches an address, following redirects; raises `CollectError`.
        agent: our name, as robots.txt files know it.
    """

    def __init__(self, ask: Callable[[str], Answer], *, agent: str) -> None:
        self._ask = ask
        self._agent = agent
        self._rules: dict[str, Protego] = {}
        self._lock = threading.Lock()

    def check(self, url: str, target: Target) -> None:
        """Raises `CollectError` when the origin does not want us at this address."""
        if not self._rules_of(target).can_fetch(url, self._agent):
            raise CollectError("robots.txt of this site asks not to fetch it", where=url)

    def delay(self, target: Target) -> float:
        """Seconds between two visits that the origin asks for; 0 when it does not."""
        asked = self._rules_of(target).crawl_delay(self._agent) or 0.0
        return min(float(asked), _MAX_DELAY)

    def forget(self) -> None:
        """Drops every rule, so that it is asked for anew."""
        with self._lock:
            self._rules.clear()

    def _rules_of(self, target: Target) -> Protego:
        with self._lock:
            known = self._rules.get(target.origin)
        if known is None:
            known = Protego.parse(self._text(target))
            with self._lock:
                self._rules[target.origin] = known
        return known

    def _text(self, target: Target) -> str:
        """The file; where it cannot be had for now, one that forbids everything (2.3.1.4)."""
        try:
            answer = self._ask(f"{target.origin}/robots.txt")
        except CollectError as error:
            if error.temporary:
                return "User-agent: *\nDisallow: /"
            return ""
        return answer.content[:_MAX_BYTES].decode("utf-8", "replace")
