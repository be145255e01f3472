"""What can an operator set? The one place of this room that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from corpus.home import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the web room needs to know.

    Attributes:
        home: the collection to serve.
    """

    home: Home

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads `DISPATCHES_HOME`; without it, the user's data folder."""
        home = environment.get("DISPATCHES_HOME") or platformdirs.user_data_dir("dispatches")
        return cls(home=Home(Path(home)))
