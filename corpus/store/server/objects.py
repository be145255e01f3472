"""Objects: what are originals called and made of that lie beside a catalogue on a server?

::

    catalogue            the mark of the catalogue whose originals these are
    3f/3f786850….gz      a document as it was collected, compressed

In a folder (`folder`) and in a store that speaks S3 (`bucket`) alike. Nothing is ever changed or
removed: the same document has the same name and the same bytes, whoever keeps it.
"""

from __future__ import annotations

import zlib

from corpus.errors import CatalogueCorrupt

MARK = "catalogue"
_GZIP = 31  # with a header and a check value, so that other tools can read it


def name_of(sha256: str) -> str:
    """Where an original is, from the folder or the beginning of the bucket on."""
    return f"{sha256[:2]}/{sha256}.gz"


def packed(content: bytes) -> bytes:
    """The bytes of an original as they are kept."""
    packing = zlib.compressobj(wbits=_GZIP)
    return packing.compress(content) + packing.flush()


def unpacked(kept: bytes) -> bytes:
    """The bytes of an original.

    Raises:
        ValueError: what is kept is damaged.
    """
    try:
        return zlib.decompress(kept, _GZIP)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def check_mark(found: bytes | None, mark: str, where: str) -> None:
    """Has what lies there be the originals of the catalogue with this mark.

    Args:
        found: the mark that lies there; None where none does.

    Raises:
        CatalogueCorrupt: it is another one's, or none, as where a disk is not mounted.
    """
    if found is None:
        raise CatalogueCorrupt(
            "the originals of this catalogue are not here",
            where=where,
            advice="Mount the folder that all machines share, or name where they are with"
            " --originals",
        )
    if found != mark.encode():
        raise CatalogueCorrupt(
            "these are the originals of another catalogue",
            where=where,
            advice="Name where those of this one are with --originals",
        )
