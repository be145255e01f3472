"""Office: what have Word documents and workbooks in common (Office Open XML, ECMA-376)?"""

from __future__ import annotations

import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of each part: the same content is the same bytes."""


def part(name: str) -> zipfile.ZipInfo:
    """A part of a file, to be written into its archive."""
    made = zipfile.ZipInfo(name, _EARLIEST)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def related_to_one(kind: str, target: str) -> str:
    """The part that says which one part another is related to."""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATED}/{kind}" Target="{target}"/></Relationships>'
    )
