"""How is a Whoosh index written at array speed?

A generation is one `dictionary` file and segments of at most 65,536 articles. Both are containers
of named arrays (`sections`), checked block by block, which a reader maps into memory:

    sections     the container: header, table of contents, arrays; sections_writer, checksums
    vocabulary   sorted strings in one blob, with binary search
    inversion    token streams → postings, by counting
    facets       values of documents ↔ documents of values
    stored       `IndexDocument` ↔ compressed blocks
    segment      one segment: collecting it, and reading it back
    dictionary   what is common to all segments: words, stems, facet values, families
    writer       `WhooshWriter`
    updater      `WhooshUpdater`: the same, over what an earlier index has
"""

from indexer.writers.whoosh.updater import WhooshUpdater
from indexer.writers.whoosh.writer import WhooshWriter, verify

__all__ = ["WhooshUpdater", "WhooshWriter", "verify"]
