"""Readers: how a document enters. One reader a format, told by content.

`read(path)` opens a file or a folder and yields, for each document in it, a `RawDocument` or the
`InputError` that it cost. Reading never raises for one bad document, and never writes.
"""

from corpus.readers.reading import files_of, read, read_file, version

__all__ = ["files_of", "read", "read_file", "version"]
