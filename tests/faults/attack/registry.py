"""All kinds of attack, in the order in which they run."""

from __future__ import annotations

from tests.faults.attack import killing, power

KINDS = [*killing.KINDS, *power.KINDS]
