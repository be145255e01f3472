"""Whoosh index: one that is written at array speed.

A generation is one `dictionary` file and segments of at most 65,536 articles. Both are containers
of named arrays, checked block by block, which a reader maps into memory:

    files/       the container, and what it holds: checksums, vocabulary, stored documents, names
    analysis     our analyzer as Whoosh's tokenizer and filters
    schema       Whoosh's schema, made from `indexer.schema`; fields, columns: what goes with it
    inversion    token streams → postings, by counting; spellings: which word of a stem stands where
    facets       values of documents ↔ documents of values
    segment      one segment: collecting it, and reading it back
    dictionary   what is common to all segments: words, stems, facet values, families
    writer       `WhooshWriter`, Whoosh's `IndexWriter`
    patches      what the names in a segment mean now, beside the segment
    updater      `WhooshUpdater`: what an earlier index has just so is taken over
    codec/       Whoosh's index, reader and codec over all this
"""

import warnings

# Whoosh 2.7.4 has invalid escapes in strings, which Python 3.12 and later mention where it was
# installed without being compiled. Before any import of it: they are no concern of a user.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=r".*[\\/]whoosh[\\/]")

from indexer.writers.whoosh.updater import WhooshUpdater  # noqa: E402
from indexer.writers.whoosh.writer import WhooshWriter, verify  # noqa: E402

__all__ = ["WhooshUpdater", "WhooshWriter", "verify"]
