"""Quality: what speaks against an extraction?

Measured signals, and names a person can filter by.
"""

from __future__ import annotations

from corpus.article import Quality
from corpus.cleaner.tree.blocks import Block

_VERY_SHORT = 60  # words
_SHORT_WIDE = 120  # characters, in scripts without spaces
_MOSTLY_FURNITURE = 0.05
_LINKED = 0.35


def judge(
    *,
    top: Block | None,
    text: str,
    title: str,
    language: str,
    declared_language: str,
    flags: tuple[str, ...],
) -> Quality:
    """Signals and flags of one extraction.

    Args:
        top: the page's outline after cleaning; None for records without markup.
        flags: what earlier stages found (`garbled`, `truncated`, `future_date`, …).
    """  # fmt: skip
    words = len(text.split())
    signals = {"words": float(words), "characters": float(len(text))}
    found = set(flags)
    if top is not None:
        runs = top.all_runs()
        size = sum(run.size for run in runs) or 1
        signals["text_share"] = round(min(1.0, len(text) / size), 4)
        kept = list(top.runs())
        signals["link_density"] = round(
            sum(run.linked for run in kept) / max(1, sum(run.size for run in kept)), 4
        )
        if signals["text_share"] < _MOSTLY_FURNITURE:
            found.add("mostly_furniture")
        if signals["link_density"] > _LINKED:
            found.add("link_heavy")
    if words < _VERY_SHORT and len(text) < _SHORT_WIDE * (1 if words < 10 else 4):
        found.add("very_short")
    if not title:
        found.add("no_title")
    if language == "und":
        found.add("language_unknown")
    elif declared_language and _base(declared_language) != language:
        found.add("language_disagrees")
    if text.count("\ufffd") > 2:
        found.add("garbled")
    return Quality(signals, tuple(sorted(found)))


def _base(code: str) -> str:
    base = code.replace("_", "-").split("-")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ua": "uk", "bs": "hr", "gr": "el"}.get(
        base, base
    )
