"""Home: where does one collection keep its files?

One folder holds everything an operator must back up. Nothing is written outside it, and what is
kept there is forced to the disk before it is said to be.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one collection.

    Attributes:
        path: the folder itself; created by the first command that writes.
    """

    path: Path

    @property
    def catalogue(self) -> Path:
        """SQLite: originals, articles, provenance, failures. The one file not to lose."""
        return self.path / "catalogue.sqlite"

    @property
    def decisions(self) -> Path:
        """The authority: people's decisions about names, one JSON line each."""
        return self.path / "decisions.jsonl"

    @property
    def dossiers(self) -> Path:
        """What people put into dossiers and noted there, one JSON line a change."""
        return self.path / "dossiers.jsonl"

    @property
    def questions(self) -> Path:
        """Questions that people keep, with what was found at the last look."""
        return self.path / "questions.jsonl"

    @property
    def citations(self) -> Path:
        """What was cited, one file a citation, so that it outlasts the generation that answered."""
        return self.path / "citations"

    @property
    def key(self) -> Path:
        """The operator's private key, which signs evidence packages; only its owner can read it."""
        return self.path / "key.pem"

    @property
    def analysis_cache(self) -> Path:
        """SQLite: analyses by content, cleaner and model version. May be deleted at any time."""
        return self.path / "analysis.sqlite"

    @property
    def index(self) -> Path:
        """One folder a generation, and the pointer to the published one. Can be rebuilt."""
        return self.path / "index"


def sync(path: Path) -> None:
    """Forces a file's content, or a folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
