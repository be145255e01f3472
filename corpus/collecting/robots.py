"""Robots: may we? What robots.txt of each origin says, read once a run (RFC 9309)."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

from protego import Protego

from corpus.collecting.safety import Target
from corpus.collecting.transfer import Answer, text_of
from corpus.errors import CollectError

_MAX_BYTES = 512 << 10  # RFC 9309, section 2.5, asks for at least 500 KiB
_MAX_DELAY = 60.0
_NAMED = re.compile(r"^(\s*user-agent\s*:\s*[a-z_-]+)/[^\s#]*", re.IGNORECASE | re.MULTILINE)
"""Whom rules are for, with a version, which is no part of a name (RFC 9309, section 2.2.1)."""


class Robots:
    """The rules of every origin asked so far; safe from several threads.

    Args:
        ask: fetches an address, following redirects; raises `CollectError`.
        agent: our name, as robots.txt files know it.
    """

    def __init__(self, ask: Callable[[str], Answer], *, agent: str) -> None:
        self._ask = ask
        self._agent = agent
        self._rules: dict[str, Protego | CollectError] = {}
        self._lock = threading.Lock()

    def check(self, url: str, target: Target) -> None:
        """Lets an address pass.

        Raises:
            CollectError: the origin does not want us there; temporary when its robots.txt cannot
                be had for now, which forbids everything (RFC 9309, section 2.3.1.4).
        """
        rules = self._rules_of(target)
        if isinstance(rules, CollectError):
            raise CollectError(
                f"robots.txt of this site cannot be had for now ({rules.what})",
                where=url,
                temporary=True,
            )
        if not rules.can_fetch(url, self._agent):
            raise CollectError("robots.txt of this site asks not to fetch it", where=url)

    def delay(self, target: Target) -> float:
        """Seconds between two visits that the origin asks for; 0 when it does not."""
        rules = self._rules_of(target)
        asked = None if isinstance(rules, CollectError) else rules.crawl_delay(self._agent)
        return min(float(asked or 0.0), _MAX_DELAY)

    def forget(self) -> None:
        """Drops every rule, so that it is asked for anew."""
        with self._lock:
            self._rules.clear()

    def _rules_of(self, target: Target) -> Protego | CollectError:
        with self._lock:
            known = self._rules.get(target.origin)
        if known is None:
            known = self._read(target)
            with self._lock:
                self._rules[target.origin] = known
        return known

    def _read(self, target: Target) -> Protego | CollectError:
        """The rules; none where there is no file; the error where it cannot be had for now."""
        try:
            answer = self._ask(f"{target.origin}/robots.txt")
        except CollectError as error:
            return error if error.temporary else Protego.parse("")
        rules = text_of(answer.content[:_MAX_BYTES])
        return Protego.parse(_NAMED.sub(r"\1", rules))
