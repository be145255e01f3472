"""Collecting: how does a page come from the web?

Politely, from public addresses only, and never twice.

`collect` takes addresses of pages, feeds and sitemaps, or files that list them, fetches what is
new, and puts it into the catalogue with the headers it came with.
"""

from corpus.collecting.collect import Wishes, collect
from corpus.collecting.fetcher import Fetcher
from corpus.collecting.transfer import Limits

__all__ = ["Fetcher", "Limits", "Wishes", "collect"]
