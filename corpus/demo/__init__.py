"""Demo: what can a newcomer search before bringing articles of their own?

Sample articles written for this project: six made-up outlets, real and widely reported facts of the
wars since 2022. `articles/*.jsonl` is the one source; `python -m corpus.demo.build` renders it into
the saved pages, the dump, the feed and the crawl that the readers take in. See README.md.
"""

from __future__ import annotations

from pathlib import Path

from corpus.demo.sidecar import Caption, DemoArticle, Link, load

__all__ = ["Caption", "DemoArticle", "Link", "load", "path"]


def path() -> Path:
    """The folder of what is collected: saved pages, a dump, a feed and a crawl, nothing else."""
    return Path(__file__).parent / "collected"
