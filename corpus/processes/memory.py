"""Memory: how does a process give back what it no longer holds?"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Gives memory that was freed back to the machine, where the C library can. That of GNU keeps
    it for what is to come: after large arrays, a quarter of what a process takes.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not in every C library
        if trim is not None:
            trim(0)
