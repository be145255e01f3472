"""Log: what does a running server write down? What went wrong and where, and never what was asked.

To standard error, for a journal that keeps, turns and prunes it. The message of an error that is a
fault of the program may hold what somebody asked, so that only its kind and its place in the
program are told.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

FORMS = ("text", "json")


class Text(logging.Formatter):
    """A line for a person, and after a fault the lines of code that led to it."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [f"{_at(record)} {record.levelname} {record.name}: {record.getMessage()}"]
        return "\n    ".join([*lines, *_places(record)])


class Json(logging.Formatter):
    """A line of JSON, whatever happened."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if places := _places(record):
            told["fault"] = places
        return json.dumps(told)


def config(form: str) -> dict[str, Any]:
    """How loggers are set up, for `logging.config`."""
    console = {
        "class": "logging.StreamHandler",
        "formatter": "generic",
        "stream": "ext://sys.stderr",
    }
    kind = f"{__name__}.{'Json' if form == 'json' else 'Text'}"
    return {
        "formatters": {"generic": {"()": kind}},
        "handlers": {"console": console, "access": {"class": "logging.NullHandler"}},
        "root": {"level": "WARNING", "handlers": ["console"]},
    }


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _places(record: logging.LogRecord) -> list[str]:
    """The kind of the error behind a record, those behind that, and where each was raised."""
    error = record.exc_info[1] if record.exc_info else None
    found: list[str] = []
    while error is not None:
        found.append(type(error).__name__)
        found += [
            f"{frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found
