"""Package: a bag as BagIt (RFC 8493) has it, in one ZIP file, signed and stamped where asked for.

Order of proof: the payload's manifest has the SHA-256 of every file below `data`. An authority may
stamp it. The tag manifest has the SHA-256 of that manifest, of the timestamp and of all else beside
`data`, and is what is signed. So one signature covers every byte but its own.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from corpus.errors import ArticleNotFound, EvidenceError
from corpus.store import Catalogue
from search.dossiers.accounts import Account
from search.output.evidence import signing, standalone
from search.output.evidence.choosing import Chosen
from search.output.evidence.contents import as_json, files_of
from search.output.evidence.pages import front_page
from search.output.evidence.redaction import Redaction
from search.output.evidence.timestamp import stamped
from search.output.sink import Sink

ROOT = "evidence"
"""The folder in the ZIP file that is the bag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a package is to hold.

    Attributes:
        chosen: its articles, with passages and notes.
        who: who makes it.
        generation: of the index that found the articles.
        originals: whether the bytes that were collected go in.
        key: what to sign with; None for no signature.
        authority: address of a timestamp authority; none is asked when empty.
    """

    chosen: Chosen
    who: str
    generation: str
    redaction: Redaction
    originals: bool = True
    key: Path | None = None
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What a package came to.

    Attributes:
        withheld: places where a name was withheld.
        missing: articles that are not in the catalogue.
        digest: SHA-256 of the tag manifest: to be noted, printed or read out.
    """

    files: int
    articles: int
    withheld: int
    missing: tuple[str, ...]
    digest: str


def write(order: Order, catalogue: Catalogue, path: Path) -> Made:
    """Writes a package; the file appears when it is whole.

    Raises:
        EvidenceError: there is such a file already, it cannot be signed, or not be stamped.
    """
    if path.exists():
        raise EvidenceError(
            "there is such a file already", where=str(path), advice="Choose another name"
        )
    if order.key is not None:
        signing.public_pem(order.key)  # before the work begins
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as opened, catalogue.snapshot():
            writing = _Writing(opened)
            for _ in writing.steps(order, catalogue):
                pass
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, it takes nobody's place
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    return writing.made


def pieces(order: Order, catalogue: Catalogue) -> Iterator[bytes]:
    """The bytes of a package, made while they are sent; one that is cut off is no ZIP file.

    Memory holds one article at a time.

    Raises:
        EvidenceError: it cannot be signed, or not be stamped.
    """
    if order.key is not None:
        signing.public_pem(order.key)  # before the work begins
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as opened, catalogue.snapshot():
        for _ in _Writing(opened).steps(order, catalogue):
            yield sink.taken()
    yield sink.taken()


class _Writing:
    """One package under way.

    Attributes:
        made: what it came to, when its last step was taken.
    """

    made: Made

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self._payload: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._size = 0
        self._now = datetime.now(UTC)

    def steps(self, order: Order, catalogue: Catalogue) -> Iterator[None]:
        """Writes an article a step, and then all else."""
        missing = []
        whole = _redacted(order.chosen.account, order.redaction)
        for item in whole.items:
            try:
                for name, content in files_of(
                    item, catalogue, order.redaction, originals=order.originals, software=program()
                ):
                    self._put(f"data/articles/{item.id}/{name}", content)
            except ArticleNotFound:
                missing.append(item.id)
            yield
        items = tuple(item for item in whole.items if item.id not in missing)
        account = replace(whole, items=items, size=len(items))
        told = order.redaction.value(_told(order, catalogue, self._now, missing))
        front = front_page(account, told, order.redaction, generation=order.generation)
        self._put("data/index.html", front.encode("utf-8", "replace"))
        self._put("data/about.json", as_json(told))
        self._put("data/account.json", as_json(asdict(account)))
        if order.chosen.lines and not order.redaction:
            self._put("data/dossier.jsonl", order.chosen.lines.encode())
        digest = self._seal(order, len(account.items))
        self.made = Made(
            len(self._payload), len(account.items), order.redaction.count, tuple(missing), digest
        )

    def _seal(self, order: Order, articles: int) -> str:
        payload = _manifest(self._payload)
        oxum = f"{self._size}.{len(self._payload)}"
        self._put("manifest-sha256.txt", payload)
        if order.authority:
            self._put("timestamp.tsr", stamped(payload, order.authority))
        self._put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        info = {
            "Bagging-Date": self._now.date().isoformat(),
            "Payload-Oxum": oxum,
            "Bag-Software-Agent": program(),
            "External-Description": f"{articles} articles, with their originals and provenance",
        }
        self._put("bag-info.txt", _lines(info.items()))
        self._put("README.txt", _README.encode())
        self._put("verify.py", Path(standalone.__file__).read_bytes())
        if order.key is not None:
            self._put("public-key.pem", signing.public_pem(order.key))
        tags = _manifest(self._tags)
        self._put("tagmanifest-sha256.txt", tags)
        if order.key is not None:
            self._put("signature.bin", signing.sign(order.key, tags))
        return hashlib.sha256(tags).hexdigest()

    def _put(self, name: str, content: bytes) -> None:
        manifest = self._payload if name.startswith("data/") else self._tags
        manifest[name] = hashlib.sha256(content).hexdigest()
        if manifest is self._payload:
            self._size += len(content)
        entry = zipfile.ZipInfo(f"{ROOT}/{name}", self._now.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)


def program() -> str:
    """Name and version of this program."""
    return f"Dispatches {importlib.metadata.version('dispatches')}"


def _told(
    order: Order, catalogue: Catalogue, now: datetime, missing: Iterable[str]
) -> dict[str, str]:
    """What the package says of itself."""
    return {
        "Asked for": order.chosen.asked,
        "Made by": order.who,
        "Made": now.isoformat(timespec="seconds"),
        "Made with": f"{program()}, Python {platform.python_version()}",
        "Generation": order.generation,
        "Last link of the chain": str(catalogue.last_link()),
        "Originals": "as they were collected" if order.originals else "left out",
        "Not in the catalogue": ", ".join(missing),
    }


def _redacted(account: Account, redaction: Redaction) -> Account:
    """The account without the names."""
    return msgspec.convert(redaction.value(asdict(account)), Account)


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items())).encode()


def _lines(values: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\n" for name, value in values).encode()


_README = """\
This is a bag as RFC 8493 (BagIt) describes it. Open data/index.html.

To check that every file is as it was made:

    python verify.py

or, with Dispatches: dispatches evidence verify FILE

By hand: manifest-sha256.txt has the SHA-256 of every file below data, and tagmanifest-sha256.txt
that of every file beside it (sha256sum -c reads both). Where there is a signature:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin \\
        -in tagmanifest-sha256.txt -sigfile signature.bin

That the key is the signer's, only the signer can tell you. Where there is a timestamp:

    openssl ts -verify -in timestamp.tsr -data manifest-sha256.txt -CAfile AUTHORITY.pem

data/about.json says what was asked for, by whom, with what, and the last link of the
collection's chain of intakes. Below data/articles, each article has its original, its reading,
what was removed from it, where each value was read, every place it was seen, its versions and
what differs between them. intakes.json holds its records in the chain: a link is the SHA-256 of
the link before, a line feed, and the record.
"""
