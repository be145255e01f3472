"""What can an operator set? The one place of this room that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from corpus.errors import InvalidParameter
from corpus.home import Home
from webui.limits import DEFAULT_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the web room needs to know.

    Attributes:
        home: the collection to serve.
        per_minute: questions a minute that one client of another machine may ask; 0: any number.
        proxies: how many proxies stand before the server.
    """

    home: Home
    per_minute: int = DEFAULT_PER_MINUTE
    proxies: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads `DISPATCHES_HOME` (else the user's data folder), `_PER_MINUTE` and `_PROXIES`.

        Raises:
            InvalidParameter: a number is none.
        """
        home = environment.get("DISPATCHES_HOME") or platformdirs.user_data_dir("dispatches")
        return cls(
            home=Home(Path(home)),
            per_minute=_number(environment, "DISPATCHES_PER_MINUTE", DEFAULT_PER_MINUTE),
            proxies=_number(environment, "DISPATCHES_PROXIES", 0),
        )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if not text.strip():
        return default
    if not text.strip().isdecimal():
        raise InvalidParameter(
            f"{text!r} is no whole number", where=name, advice="Give 0 or more, or leave it out"
        )
    return int(text)
