"""All kinds of attack, in the order in which they run."""

from __future__ import annotations

from tests.faults.attack import asking, damaging, fetching, killing, power, serving

KINDS = [
    *killing.KINDS,
    *power.KINDS,
    *damaging.KINDS,
    *asking.KINDS,
    *fetching.KINDS,
    *serving.KINDS,
]
