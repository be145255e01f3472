"""What holds other files, cut off and damaged: archives whose list is lost, streams behind others."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from corpus.cleaner import clean
from corpus.readers.formats import Format
from tests.corpus.cleaner.test_papers import word
from tests.corpus.readers.test_every_format import SAMPLES, lines, maff, page, told, warc
from tests.corpus.readers.test_packages import wacz
from tests.corpus.readers.test_readers import (
    documents,
    errors,
    read_bytes,
    read_through,
    tarred,
    zipped,
)


class _Unseekable(io.RawIOBase):
    """What `zip -` writes to: sizes come behind each member."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override] # narrower in typeshed
        self.written += content
        return len(content)


def archive(method: int, number: int = 8, *, streamed: bool = False) -> bytes:
    target = _Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for at in range(number):
            packed.writestr(f"pages/{at}.html", page(at))
    return bytes(target.written) if isinstance(target, _Unseekable) else target.getvalue()


WAYS = [
    pytest.param(archive(zipfile.ZIP_STORED), id="stored"),
    pytest.param(archive(zipfile.ZIP_DEFLATED), id="deflated"),
    pytest.param(archive(zipfile.ZIP_BZIP2), id="bzip2"),
    pytest.param(archive(zipfile.ZIP_DEFLATED, streamed=True), id="streamed"),
]


def titles(content: bytes, folder: Path, name: str = "a.zip") -> list[int]:
    items = read_bytes(folder, name, content)
    assert errors(items)
    assert not [one for one in errors(items) if "reader failed" in one.what]
    found = (one.content.partition(b"<title>Crossing ")[2].split()[0] for one in documents(items))
    return [int(number) for number in found]


@pytest.mark.parametrize("content", WAYS)
def test_what_comes_before_a_cut_is_read(content: bytes, tmp_path: Path) -> None:
    members = content.index(b"PK\x01\x02")
    for share in (0.25, 0.5, 0.75, 1):
        found = titles(content[: int(members * share)], tmp_path)
        assert len(found) >= int(8 * share) - 1
        assert found == [*range(len(found))]


@pytest.mark.parametrize("content", WAYS)
@pytest.mark.parametrize("at", [1, 45])
def test_a_list_that_is_damaged_costs_no_member(content: bytes, at: int, tmp_path: Path) -> None:
    place = content.index(b"PK\x01\x02") + at  # its mark, or where the first member begins
    damaged = content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :]
    assert titles(damaged, tmp_path) == [*range(8)]


@pytest.mark.parametrize("content", WAYS)
def test_damage_in_a_member_costs_that_one(content: bytes, tmp_path: Path) -> None:
    members = content.index(b"PK\x01\x02")
    middle = members // 2
    damaged = content[:middle] + bytes(16) + content[middle + 16 : members]
    found = titles(damaged, tmp_path)
    assert len(found) >= 6
    assert found == sorted(set(found))


@pytest.mark.parametrize("name", ["a.wacz", "a.maff"])
def test_packages_that_were_cut_off_are_read_so_far(name: str, tmp_path: Path) -> None:
    content = wacz(warc(9)) if name == "a.wacz" else maff(9)
    found = titles(content[: content.rindex(b"PK\x01\x02") - 60], tmp_path, name)
    assert len(found) >= 7


@pytest.mark.parametrize("format_", [Format.EPUB, Format.ODT, Format.SHEET])
def test_a_document_that_is_an_archive_is_not_taken_apart(format_: Format, tmp_path: Path) -> None:
    sample = SAMPLES[format_]
    (error,) = errors(read_bytes(tmp_path, sample.name, sample.build(9)[:-30]))
    assert "no readable ZIP" in error.what


def test_a_member_that_is_locked_says_so(tmp_path: Path) -> None:
    content = bytearray(archive(zipfile.ZIP_DEFLATED))
    content[6] |= 1
    items = read_bytes(tmp_path, "a.zip", bytes(content[:-30]))
    assert len(documents(items)) == 7
    assert any("is encrypted" in one.what for one in errors(items))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
@pytest.mark.parametrize("format_", [Format.JSON_LINES, Format.WARC, Format.CSV, Format.FACEBOOK])
def test_what_comes_before_a_cut_is_read_of_what_is_packed_again(
    pack: Callable[[bytes], bytes], format_: Format, tmp_path: Path
) -> None:
    sample = SAMPLES[format_]
    whole = sample.build(40)
    content = gzip.decompress(whole) if format_ is Format.WARC else whole
    packed = pack(content[: len(content) // 2]) + pack(content[len(content) // 2 :])

    items = read_bytes(tmp_path, sample.name.removesuffix(".gz"), packed[:-20])

    assert len(documents(items)) >= 15, "what the first of two streams holds"
    assert errors(items)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
@pytest.mark.parametrize(("name", "left"), [("a.html", 20), ("a.html", 2_000), ("a.txt", 20)])
def test_the_beginning_of_a_page_or_text_cut_off_in_its_pack_is_read(
    pack: Callable[[bytes], bytes], name: str, left: int, tmp_path: Path
) -> None:
    numbers = (sha256(bytes([at % 256, at >> 8])).hexdigest() for at in range(5_000))
    said = "".join(f"<p>Report {number} of the day, from Kyiv.</p>\n" for number in numbers)
    whole = (b"<!doctype html><title>Reports</title>" if name == "a.html" else b"") + said.encode()
    packed = pack(whole[:100_000]) + pack(whole[100_000:])

    items = read_bytes(tmp_path, name, packed[:-left])

    (document,), (error,) = documents(items), errors(items)
    assert whole.startswith(document.content)
    assert 100_000 <= len(document.content) <= len(whole)
    assert "cut_off" in clean(document).quality.flags
    assert error.advice.endswith("what came before this point was taken in")
    (document,) = documents(read_bytes(tmp_path, name, packed))
    assert "cut_off" not in clean(document).quality.flags
    assert document.content == whole


def test_what_was_taken_in_before_a_cut_is_told_truly(tmp_path: Path) -> None:
    (error,) = errors(items := read_bytes(tmp_path, "a.html", gzip.compress(page(1))[:8]))
    assert not documents(items)
    assert error.advice.endswith("nothing of it was taken in")

    (error,) = errors(items := read_bytes(tmp_path, "a.jsonl", gzip.compress(lines(400))[:-20]))
    assert documents(items)
    assert error.advice.endswith("what came before this point was taken in")


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress, zstandard.compress])
def test_a_stream_behind_another_is_not_passed_over(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    first, second = (pack(lines(40)[:5000]), pack(lines(40)[5000:]))
    assert len(documents(read_bytes(tmp_path, "a.jsonl", first + second))) == 40
    padded = first + bytes(8) + second + bytes(4)
    assert len(documents(read_bytes(tmp_path, "a.jsonl", padded))) == 40
    flipped = first + bytes([second[0] ^ 1]) + second[1:]
    assert errors(read_bytes(tmp_path, "a.jsonl", flipped)), "it was taken for the end"


def test_frames_that_are_skipped_may_come_first(tmp_path: Path) -> None:
    content = b"\x5e\x2a\x4d\x18\x04\0\0\0abcd" + zstandard.compress(lines(9))
    assert len(documents(read_bytes(tmp_path, "a.jsonl", content))) == 9


def test_an_old_tar_is_one(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.html": page(1), "b.html": page(2)}))
    content[257:265] = bytes(8)
    told = sum(content[:148]) + sum(content[156:512]) + 8 * 32
    content[148:156] = b"%06o\0 " % told
    assert len(documents(read_bytes(tmp_path, "a.tar", bytes(content)))) == 2


@pytest.mark.parametrize("name", ["a.odt", "a.ods", "a.docx"])
def test_templates_and_files_with_macros_are_read(name: str, tmp_path: Path) -> None:
    def changed(content: bytes, before: str, after: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        return zipped(
            {one: part.replace(before.encode(), after.encode()) for one, part in parts.items()}
        )

    kinds = {
        "a.odt": [("opendocument.text", "opendocument.text-template")],
        "a.ods": [("opendocument.spreadsheet", "opendocument.spreadsheet-template")],
        "a.docx": [
            (f"{MAIN}.document.main+xml", f"{MAIN}.template.main+xml"),
            (f"{MAIN}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ],
    }  # fmt: skip
    whole = {
        "a.odt": SAMPLES[Format.ODT].build(9),
        "a.ods": table_of_texts(),
        "a.docx": word(told(1)),
    }[name]
    for before, after in kinds[name]:
        content = changed(whole, before, after)
        assert content != whole
        (document,) = documents(read_bytes(tmp_path, name, content))
        assert "The crossing at" in clean(document).text


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def table_of_texts() -> bytes:
    rows = "".join(
        f"<t:table-row><t:table-cell><x:p>{a}</x:p></t:table-cell><t:table-cell><x:p>{b}</x:p></t:table-cell></t:table-row>"
        for a, b in (("title", "text"), ("Crossing", told(1)))
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<o xmlns:t="t" xmlns:x="x"><t:table t:name="A">{rows}</t:table></o>'.encode(),
        }
    )


def test_a_bomb_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.html", page(0) + b" " * (300 << 20))
    path = tmp_path / "a.zip"
    path.write_bytes(target.getvalue()[:-30])

    found, peak = read_through(path)

    assert found == 0
    assert peak < 180 << 20
    assert any(
        "unpack" in one.what for one in errors(read_bytes(tmp_path, "b.zip", path.read_bytes()))
    )


@pytest.mark.parametrize("cut", [0, 30])
def test_a_changed_byte_in_a_dump_costs_one_record_of_its_archive(tmp_path: Path, cut: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("a.jsonl", lines(12000))
    content = bytearray(target.getvalue())
    assert len(content) > 2 << 20
    content[content.index(b'"title": "Crossing 3000"')] = ord("<")
    items = read_bytes(tmp_path, "a.zip", bytes(content[: len(content) - cut]))
    assert len(documents(items)) == 11999
    assert any("!3001" in str(error) for error in errors(items))
    assert any("CRC" in str(error) for error in errors(items))
