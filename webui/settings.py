"""Settings of an operator: what do the variables of the environment say?

`wsgi.py` reads all of them here; the options of `dispatches serve` read the same names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from corpus.errors import InvalidParameter
from corpus.home import Home, told
from webui.server.limits import DEFAULT_PER_MINUTE

HOME = "DISPATCHES_HOME"
PER_MINUTE = "DISPATCHES_PER_MINUTE"
PROXIES = "DISPATCHES_PROXIES"
PROXY_ADDRESSES = "DISPATCHES_PROXY_ADDRESSES"
HOST_NAMES = "DISPATCHES_HOST_NAMES"
ALLOW_ORIGINS = "DISPATCHES_ALLOW_ORIGINS"
OPERATOR_TOKEN = "DISPATCHES_OPERATOR_TOKEN"  # noqa: S105  # the name of a variable, no secret
"""The variable that turns decisions in the browser on."""
PEOPLE = "DISPATCHES_PEOPLE"
PERSON_HEADER = "DISPATCHES_PERSON_HEADER"
LOG_OPENINGS = "DISPATCHES_LOG_OPENINGS"
LOG = "DISPATCHES_LOG"
"""Of `dispatches serve`; another server has a log of its own."""
_TOKEN_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the web room needs to know.

    Attributes:
        home: the collection to serve.
        per_minute: questions a minute that one client of another machine may ask; 0: any number.
        proxies: how many proxies stand before the server.
        proxy_addresses: where the nearest of them is; none: on this machine.
        host_names: under which names the server may be asked, besides this machine's own.
        allow_origins: sites whose pages may read what scripts get; `*`: all of them.
        people: nobody is let in before somebody has a name here.
        person_header: in which the named proxies say whom they have signed in.
        log_openings: days for which it is kept who opened which article; 0: it is not written down.
        operator_token: what a person must know to decide about names in the browser; empty: none
            can.
    """

    home: Home
    per_minute: int = DEFAULT_PER_MINUTE
    proxies: int = 0
    proxy_addresses: tuple[str, ...] = ()
    host_names: tuple[str, ...] = ()
    allow_origins: tuple[str, ...] = ()
    operator_token: str = field(default="", repr=False)
    people: bool = False
    person_header: str = ""
    log_openings: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads `DISPATCHES_HOME` (else the user's data folder), `_PER_MINUTE`, `_PROXIES`,
        `_PROXY_ADDRESSES`, `_HOST_NAMES`, `_ALLOW_ORIGINS` (all three separated by spaces),
        `_OPERATOR_TOKEN`, `_PEOPLE` (1 to need some), `_PERSON_HEADER` and `_LOG_OPENINGS`.

        Raises:
            InvalidParameter: a number is none, or the token can be guessed.
        """
        home = environment.get(HOME) or platformdirs.user_data_dir("dispatches")
        return cls(
            home=Home(Path(home), given=told(environment)),
            per_minute=_number(environment, PER_MINUTE, DEFAULT_PER_MINUTE),
            proxies=_number(environment, PROXIES, 0),
            proxy_addresses=tuple(environment.get(PROXY_ADDRESSES, "").split()),
            host_names=tuple(environment.get(HOST_NAMES, "").split()),
            allow_origins=tuple(environment.get(ALLOW_ORIGINS, "").split()),
            operator_token=operator_token(environment.get(OPERATOR_TOKEN, ""), OPERATOR_TOKEN),
            people=bool(_number(environment, PEOPLE, 0)),
            log_openings=_number(environment, LOG_OPENINGS, 0),
            person_header=environment.get(PERSON_HEADER, "").strip(),
        )


def operator_token(text: str, where: str) -> str:
    """The operator's token, without space around it; an empty one opens nothing.

    Args:
        where: the variable or file it stands in, for the error.

    Raises:
        InvalidParameter: it is so short that it can be guessed.
    """
    token = text.strip()
    if 0 < len(token) < _TOKEN_LENGTH:
        raise InvalidParameter(
            f"the operator's token has {len(token)} characters and needs {_TOKEN_LENGTH}",
            where=where,
            advice='`python -c "import secrets; print(secrets.token_urlsafe())"` makes one',
        )
    return token


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    if not text.strip():
        return default
    if not text.strip().isdecimal():
        raise InvalidParameter(
            f"{text!r} is no whole number", where=name, advice="Give 0 or more, or leave it out"
        )
    return int(text)
