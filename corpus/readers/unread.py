"""Unread: which formats are known by name, though no reader takes them, and what can be done?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

# What do they begin with? Facts as the formats' own descriptions give them.


@dataclass(frozen=True, slots=True)
class Unread:
    """A format that is not read.

    Attributes:
        name: with its article, as in "this is a RAR archive".
        advice: what to do with it.
    """

    name: str
    advice: str


_UNPACK = "Unpack it and add what it held"
_WHOLE = "Put its parts together, unpack them and add what they held"
_UNLOCK = "Unlock it and add what it says"
_PICTURE = "If it shows the page of a text, save it as PNG and add that"
_TABLE = "Save its sheets as CSV and add those"
_TEXT = "Save it as text, HTML or PDF and add that"
_SOUND = "Write down what is said in it and add the text"
_POSTS = "Save its posts as JSON, as the app.bsky.feed interface gives them, and add that"
_CODE = "It is a program and holds no article"
_SELF_UNPACKING = "If it unpacks itself, unpack it and add what it held; a program holds no article"
_DATA = "Save it as CSV or JSON Lines and add that"
_LINK = "Give the address in it to `dispatches collect`"
_MAP = "Its places are no articles; add the reports about them, or save it as GeoJSON"
_NO_ARTICLE = "There is no article in it; save what is to be read as text and add that"

_MAGIC = (
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"PK\x07\x08", "a part of a ZIP archive that was split", _WHOLE),
    (7, b"**ACE**", "an ACE archive", _UNPACK),
    (0, b"\x60\xea", "an ARJ archive", _UNPACK),
    (2, b"-lh", "an LHA archive", _UNPACK),
    (0, b"SIT!", "a StuffIt archive", _UNPACK),
    (0, b"StuffIt ", "a StuffIt archive", _UNPACK),
    (0, b"070701", "a cpio archive", _UNPACK),
    (0, b"070707", "a cpio archive", _UNPACK),
    (0, b"\xff\x06\0\0sNaPpY", "a file packed by Snappy", _UNPACK),
    (0, b"MSCF\0\0\0\0", "a Windows cabinet (CAB)", _UNPACK),
    (0, b"LZIP\x01", "an lzip file", _UNPACK),
    (0, b"\x04\x22\x4d\x18", "an LZ4 file", _UNPACK),
    (0, b"\x1f\x9d", "a file packed by `compress` (.Z)", _UNPACK),
    (0, b"xar!\0", "a XAR archive", _UNPACK),
    (0, b"!<arch>\n", "an archive of object files or a Debian package", _UNPACK),
    (0, b"PAR1", "a Parquet table", "Save it as CSV or JSON Lines and add that"),
    (0, b"Obj\x01", "an Avro table", "Save it as CSV or JSON Lines and add that"),
    (0, b"ARROW1\0\0", "an Arrow table", "Save it as CSV or JSON Lines and add that"),
    (0, b"SQLite format 3\0", "an SQLite database", "Save its tables as CSV and add those"),
    (0, b"\x78\x9f\x3e\x22", "an Outlook attachment (winmail.dat)", _UNPACK),
    (1, b"\xa2eroots", "an archive of Bluesky (CAR)", _POSTS),
    (2, b"\xa2eroots", "an archive of Bluesky (CAR)", _POSTS),
    (0, b"!BDN", "an Outlook mailbox (PST)", "Save its messages as .eml or .mbox and add those"),
    (0, b"ITSF\x03\0\0\0", "a Windows help file (CHM)", _UNPACK),
    (0, b"%!PS-Adobe", "a PostScript document", "Convert it to PDF and add that"),
    (0, b"AT&TFORM", "a DjVu document", "Convert it to PDF and add that"),
    (60, b"BOOKMOBI", "a Kindle book (MOBI)", "Convert it to EPUB and add that"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file", _TEXT),
    (0, b"GIF87a", "a GIF picture", _PICTURE),
    (0, b"GIF89a", "a GIF picture", _PICTURE),
    (0, b"\xff\x0a", "a JPEG XL picture", _PICTURE),
    (4, b"JXL \r\n", "a JPEG XL picture", _PICTURE),
    (4, b"jP  \r\n", "a JPEG 2000 picture", _PICTURE),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture", _PICTURE),
    (0, b"8BPS\0\x01", "a Photoshop picture", _PICTURE),
    (4, b"ftypavif", "an AVIF picture", _PICTURE),
    (4, b"ftypheic", "a HEIC picture", _PICTURE),
    (4, b"ftypheix", "a HEIC picture", _PICTURE),
    (4, b"ftypmif1", "a HEIC picture", _PICTURE),
    (4, b"ftypmsf1", "a HEIC picture", _PICTURE),
    (4, b"ftypcrx ", "a raw picture of a camera", _PICTURE),
    (4, b"ftyp", "a film or sound (MP4)", _SOUND),
    (0, b"\x1a\x45\xdf\xa3", "a film (Matroska, WebM)", _SOUND),
    (8, b"AVI ", "a film (AVI)", _SOUND),
    (8, b"WAVE", "a sound (WAV)", _SOUND),
    (0, b"OggS\0", "a sound or film (Ogg)", _SOUND),
    (0, b"#!AMR", "a sound (AMR)", _SOUND),
    (0, b"\xff\xfb", "a sound (MP3)", _SOUND),
    (0, b"\xff\xf3", "a sound (MP3)", _SOUND),
    (0, b"\xff\xf1", "a sound (AAC)", _SOUND),
    (0, b"fLaC\0", "a sound (FLAC)", _SOUND),
    (0, b"ID3\x02", "a sound (MP3)", _SOUND),
    (0, b"ID3\x03", "a sound (MP3)", _SOUND),
    (0, b"ID3\x04", "a sound (MP3)", _SOUND),
    (0, b"FLV\x01", "a film (Flash)", _SOUND),
    (0, b"\0\0\x01\xba", "a film (MPEG)", _SOUND),
    (0, b"\0\0\x01\xb3", "a film (MPEG)", _SOUND),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a film or sound (Windows Media)", _SOUND),
    (0, b"RDX2\n", "an R data file (.rds, .RData)", _DATA),
    (0, b"RDX3\n", "an R data file (.rds, .RData)", _DATA),
    (0, b"X\n\0\0\0", "an R data file (.rds, .RData)", _DATA),
    (0, b"\xffWPC", "a WordPerfect document", _TEXT),
    (0, b"\xdb\xa5\x2d\0", "an old Word file (.doc)", "Save it as .docx or PDF and add that"),
    (0, b"\x93NUMPY", "a NumPy array", _DATA),
    (0, b"\x89HDF\r\n\x1a\n", "an HDF5 file", _DATA),
    (0, b"$FL2", "an SPSS table (.sav)", _DATA),
    (0, b"$FL3", "an SPSS table (.sav)", _DATA),
    (0, b"<stata_dta>", "a Stata table (.dta)", _DATA),
    (4, b"Standard ACE DB", "an Access database", "Save its tables as CSV and add those"),
    (4, b"Standard Jet DB", "an Access database", "Save its tables as CSV and add those"),
    (0, b"\0\0\x27\x0a\0\0\0\0", "the geometry of a map (shapefile)", _MAP),
    (0, b"L\0\0\0\x01\x14\x02\0", "a shortcut of Windows (.lnk)", "Add the file that it leads to"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "a OneNote section", _TEXT),
    (32769, b"CD001", "a disk image (ISO)", _UNPACK),
    (0, b"MZ\x90\0", "a program (Windows)", _SELF_UNPACKING),
    (0, b"MZP\0", "a program (Windows)", _SELF_UNPACKING),
    (0, b"MZ\0", "a program (Windows)", _SELF_UNPACKING),
    (0, b"\x7fELF", "a program (ELF)", _CODE),
    (0, b"wOFF", "a font", _CODE),
    (0, b"wOF2", "a font", _CODE),
    (0, b"\0\x01\0\0\0", "a font", _CODE),
    (0, b"\xca\xfe\xba\xbe", "a program (Java, macOS)", _CODE),
)
_BITMAP = re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x40\x6c\x7c]\0\0\0", re.DOTALL)
_LINES = (
    (
        re.compile(rb"[\x03\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f].{2}\0\0", re.DOTALL),
        "a dBASE table (.dbf)",
        _DATA,
    ),
    (re.compile(rb"G[^\0].{186}G.{187}G", re.DOTALL), "a film (MPEG)", _SOUND),
    (re.compile(rb"\x80[\x03-\x05]\x95.{7}\0", re.DOTALL), "a pickle of Python", _DATA),
    (re.compile(rb"\s*\[InternetShortcut\]", re.IGNORECASE), "a link (.url)", _LINK),
    (
        re.compile(rb"d\d+:(?:announce|created by|comment|creation date|info)"),
        "a torrent",
        "Add what it leads to",
    ),
    (
        re.compile(rb"\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file-1", re.IGNORECASE),
        "a list of bookmarks",
        "Save its addresses as text, one a line, and give that to `dispatches collect`",
    ),
    (re.compile(rb"\s*BEGIN:VCALENDAR\b"), "a calendar (.ics)", _NO_ARTICLE),
    (re.compile(rb"\s*BEGIN:VCARD\b"), "a list of contacts (.vcf)", _NO_ARTICLE),
    (_BITMAP, "a BMP picture", _PICTURE),
    (
        re.compile(rb"\s*-----BEGIN PGP MESSAGE-----"),
        "a message locked with PGP",
        _UNLOCK,
    ),
    (
        re.compile(
            rb"\x85[\x01-\x04].\x03.{8}[\x01\x10\x12]|\x84.\x03.{8}[\x01\x10\x12]|\x8c.\x04[\x07-\x0a]\x03",
            re.DOTALL,
        ),
        "a file locked with PGP",
        _UNLOCK,
    ),
    (
        re.compile(rb" CDX [A-Za-z] |(?:[\w-]+,)*[\w-]+(?::\d+)?\)/\S* \d{14} [\w{]"),
        "an index of a crawl (CDX)",
        "Add the WARC files that it lists",
    ),
)
"""What begins in a way that several bytes tell."""
OLD_WORKBOOK = "an old Excel workbook (.xls)"
"""Which is read where the library for it is installed."""
_INSIDE_OFFICE = (
    ("EncryptedPackage", "an Office file locked with a password", "Save it without the password"),
    ("__substg1.0_", "an Outlook message (.msg)", "Save it as .eml and add that"),
    ("WordDocument", "an old Word file (.doc)", "Save it as .docx or PDF and add that"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", _TEXT),
    ("Workbook", OLD_WORKBOOK, _TABLE),
)
"""Names of parts of old Office files, of which the first bytes tell no more than that."""
_NEW_OFFICE = frozenset((".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pptx", ".pptm"))
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,80})[\s>/]")
_OFFICE = {
    ".doc": ("an old Word file (.doc)", "Save it as .docx or PDF and add that"),
    ".dot": ("an old Word file (.dot)", "Save it as .docx or PDF and add that"),
    ".xls": (OLD_WORKBOOK, _TABLE),
    ".ppt": ("an old PowerPoint file (.ppt)", _TEXT),
    ".msg": ("an Outlook message (.msg)", "Save it as .eml and add that"),
}
_IN_A_ZIP = (
    ("xl/workbook.bin", "an Excel workbook (.xlsb)", "Save it as .xlsx and add that"),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", _TEXT),
    ("Index/Document.iwa", "an Apple Pages, Numbers or Keynote file", _TEXT),
    ("AndroidManifest.xml", "an Android program", _CODE),
    ("META-INF/MANIFEST.MF", "a Java program", _CODE),
    ("doc.kml", "a map (KMZ)", "Its places are no articles; add the reports about them"),
)
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.spreadsheet": (
        "an OpenDocument table in XML (.fods)",
        _TABLE,
    ),
    "application/vnd.oasis.opendocument.presentation": (
        "an OpenDocument presentation (.odp)",
        _TEXT,
    ),
}


_ROOTS = {
    "fictionbook": ("a FictionBook (FB2)", "Convert it to EPUB and add that"),
    "worddocument": ("a Word file in XML (2003)", "Save it as .docx and add that"),
    "svg": ("an SVG picture", _PICTURE),
    "kml": ("a map (KML)", _MAP),
    "gpx": ("a track of GPS (GPX)", _MAP),
    "opml": ("a list of feeds (OPML)", "Give the addresses of its feeds to `dispatches collect`"),
    "alto": ("a recognized page (ALTO)", "Add the picture or PDF of the page"),
    "mets": ("the contents of a digitized work (METS)", "Add the pictures or PDF of its pages"),
    "pcgts": ("a recognized page (PAGE XML)", "Add the picture or PDF of the page"),
    "package": ("a Word file in XML (flat OPC)", "Save it as .docx and add that"),
}
"""Roots of XML that is known by name."""


def unread(head: bytes, name: str = "") -> Unread | None:
    """The format of a stream that no reader takes, told by its first bytes; None if it is not one.

    Args:
        name: its file name; tells old Office files apart, which all begin alike.
    """
    for at, magic, called, advice in _MAGIC:
        if head.startswith(magic, at):
            office = _office(head, PurePath(name).suffix.lower()) if magic[0] == 0xD0 else None
            return office or Unread(called, advice)
    return next(
        (Unread(called, advice) for begun, called, advice in _LINES if begun.match(head)), None
    )


def _office(head: bytes, suffix: str) -> Unread | None:
    """An old Office file, told by its parts, else by its name."""
    for part, called, advice in _INSIDE_OFFICE:
        if part.encode("utf-16-le") in head:
            return Unread(called, advice)
    if suffix in _NEW_OFFICE:  # which lies in such a file only where it is encrypted
        return Unread(*_INSIDE_OFFICE[0][1:])
    return Unread(*_OFFICE[suffix]) if suffix in _OFFICE else None


_BY_NAME = (
    (
        re.compile(r"\.(?:part\d+\.rar|r\d\d|z\d\d|(?:7z|zip|rar|tar|gz|bz2)\.\d{3}|\d{3})$"),
        "a part of an archive that was split",
        _WHOLE,
    ),
    (re.compile(r"\.br$"), "a file packed by Brotli", _UNPACK),
    (re.compile(r"\.dmg$"), "a disk image (DMG)", _UNPACK),
    (re.compile(r"\.(?:pgp|gpg)$"), "a file locked with PGP", _UNLOCK),
    (re.compile(r"\.(?:vhdx?|vmdk|vdi|qcow2?)$"), "the disk of a virtual machine", _UNPACK),
    (re.compile(r"\.(?:hc|tc|axx|kdbx?)$"), "a locked container", _UNLOCK),
)


def unread_name(name: str) -> Unread | None:
    """The same for what its bytes do not tell, by the file name."""
    lower = name.lower()
    found = ((called, advice) for ending, called, advice in _BY_NAME if ending.search(lower))
    return next((Unread(called, advice) for called, advice in found), None)


def unread_markup(head: bytes) -> Unread | None:
    """The same for a text of another kind of markup, by its root element."""
    root = _ROOT.search(head)
    if root is None:
        return None
    local = root[1].rpartition(b":")[2].lower().decode("ascii", "replace")
    if b"<office:document" in head:
        for mimetype, told in _OPEN_DOCUMENTS.items():
            if mimetype.encode() in head:
                return Unread(*told)
    if local in _ROOTS:
        return Unread(*_ROOTS[local])
    called = f"XML with the root <{root[1].decode('ascii', 'replace')}>"
    return Unread(called, "Save what is to be read in it as text, HTML or JSON and add that")


def unread_zip(members: set[str], mimetype: str) -> Unread | None:
    """The format of a ZIP archive that no reader takes, told by what lies in it.

    Args:
        mimetype: what its member of that name says, empty if there is none.
    """
    if mimetype in _OPEN_DOCUMENTS:
        return Unread(*_OPEN_DOCUMENTS[mimetype])
    return next(
        (Unread(called, advice) for member, called, advice in _IN_A_ZIP if member in members), None
    )


def named() -> list[str]:
    """The names of all formats that are told and not read, each once, without their articles."""
    names = [
        *(called for _, _, called, _ in _MAGIC),
        *(called for _, called, _ in _LINES),
        *(called for _, called, _ in _INSIDE_OFFICE if called != OLD_WORKBOOK),
        *(called for _, called, _ in _BY_NAME),
        *(called for called, _ in _ROOTS.values()),
        *(called for called, _ in _OFFICE.values() if called != OLD_WORKBOOK),
        *(called for _, called, _ in _IN_A_ZIP),
        *(called for called, _ in _OPEN_DOCUMENTS.values()),
    ]
    return sorted({name.partition(" ")[2] for name in names}, key=str.casefold)
