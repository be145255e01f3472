"""How does a document enter? One reader a format, told by content.

`read(path)` opens a file or a folder and yields, for each document in it, a `RawDocument` or the
`InputError` that it cost. Reading never raises for one bad document, and never writes.
"""

from corpus.readers.reading import READERS_VERSION, files_of, read, read_file

__all__ = ["READERS_VERSION", "files_of", "read", "read_file"]
