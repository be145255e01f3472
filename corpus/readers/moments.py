"""When was it collected? What containers write about it, as a moment with a zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime


def in_utc(text: str | None, parse: Callable[[str], datetime]) -> datetime | None:
    """The moment that `text` names; None when it names none.

    Args:
        parse: raises ValueError or TypeError for what it cannot read. A moment without a zone is
            taken as UTC, which is what crawlers write.
    """
    if not text:
        return None
    try:
        moment = parse(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
