"""Evidence packages: made, checked in four ways, tampered with, stamped by a local authority."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from corpus.article import RawDocument
from corpus.home import Home
from corpus.readers.reading import read
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from search.output.evidence import signing
from tests.corpus.documents import COLLECTED, LONG_TEXT, an_article, raw_document
from webui.cli import main

URL = "https://herald.example/news/ivan-petrov-at-the-bridge"
NEWER = LONG_TEXT.replace("Two drivers", "Ivan Petrov and two drivers")
OPENSSL = shutil.which("openssl") or ""
needs_openssl = pytest.mark.skipif(not OPENSSL, reason="needs openssl, which is not installed")


def run(home: Home, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(
        main, [*arguments, "--home", str(home.path)], env={"DISPATCHES_WHO": "Anna"}
    )
    assert result.exit_code == code, result.output + result.stderr
    return result


def check(package: Path, *options: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["evidence", "verify", str(package), *options])
    assert result.exit_code == code, result.output + result.stderr
    return result


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three articles, one of them in two versions; a dossier of two; a key."""
    made = Home(tmp_path_factory.mktemp("evidence"))
    with Catalogue.open(made.catalogue) as catalogue:
        for days, text in enumerate((LONG_TEXT, NEWER)):
            catalogue.put(
                raw_document(
                    f"<p>{text}\r\n\xe9</p>",
                    url=URL,
                    collected=COLLECTED + timedelta(days=days),
                    headers={"server": "x"},
                    reader="warc/1",
                    locator=f"crawl.warc.gz!{URL}",
                ),
                an_article(url=URL, text=text, title="At the <bridge>"),
            )
        for name in ("two", "three"):
            url = f"https://herald.example/{name}"
            text = f"In {name} towns the bridge was open. Nobody crossed it before the evening."
            raw = raw_document(text, url=url, media_type="text/plain", locator=f"/{name}.txt")
            catalogue.put(raw, an_article(url=url, text=text, title=name))
    rebuild(made, processes=1)
    run(made, "dossier", "create", "Bridge")
    ids = [_id(URL), _id("https://herald.example/two")]
    run(made, "dossier", "add", "Bridge", *ids)
    run(made, "dossier", "passage", "Bridge", ids[0], "Ivan Petrov and two drivers",
        "--note", "Is <b>Petrov</b> the driver?")  # fmt: skip
    run(made, "keys", "make")
    return made


def _id(url: str) -> str:
    return an_article(url=url).article_id


@pytest.fixture
def package(home: Home, tmp_path: Path) -> Path:
    path = tmp_path / "bridge.zip"
    run(home, "evidence", "Bridge", "-o", str(path), "--sign")
    return path


@pytest.fixture
def bag(package: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(package) as opened:
        opened.extractall(tmp_path)
    return tmp_path / "evidence"


def _standalone(bag: Path) -> subprocess.CompletedProcess[str]:
    """As somebody without Dispatches does it: with nothing of ours to import."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=bag,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_holds_everything_and_can_be_checked_without_us(bag: Path, home: Home) -> None:
    article = bag / "data/articles" / _id(URL)
    versions = json.loads((article / "intakes.json").read_bytes())
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        stored = catalogue.versions(_id(URL))
        for one in stored:
            (original,) = article.glob(f"originals/{one.original_sha256}.*")
            assert original.read_bytes() == catalogue.original(one.original_sha256).content
            reading = (article / f"versions/{one.version}/reading.txt").read_text("utf-8")
            assert reading == one.article.reading
        last = str(catalogue.last_link())
    assert len(versions) == len(stored) == 2
    assert "+The column" in (article / "differences/1-2.diff").read_text("utf-8")
    sightings = json.loads((article / "sightings.json").read_bytes())
    assert [(one["url"], one["headers"]) for one in sightings] == [(URL, {"server": "x"})] * 2
    metadata = json.loads((article / "metadata.json").read_bytes())
    assert metadata["title"] == "At the <bridge>"
    assert "basis" in metadata
    about = json.loads((bag / "data/about.json").read_bytes())
    assert (about["Made by"], about["Last link of the chain"]) == ("Anna", last)
    assert re.fullmatch(r"Dispatches \S+, Python \S+", about["Made with"])
    assert about["Generation"]
    passage, note = json.loads((article / "annotations.json").read_bytes())
    assert passage["target"]["selector"][1]["exact"] == "Ivan Petrov and two drivers"
    assert note["body"]["value"] == "Is <b>Petrov</b> the driver?"

    verdict = _standalone(bag)
    assert (verdict.returncode, verdict.stderr) == (0, "")
    check(bag)


def test_what_came_from_a_crawl_is_there_as_records_of_one(bag: Path, home: Home) -> None:
    file = bag / "data/articles" / _id(URL) / "crawl.warc.gz"
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        seen = catalogue.sightings(_id(URL))
        kept = {catalogue.original(one.original_sha256).content for one in seen}
    with file.open("rb") as stream:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.raw_stream.read())
            for one in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", *["resource", "metadata"] * len(seen)]
    assert {url for kind, url, _ in records if kind != "warcinfo"} == {URL}
    assert {content for kind, _, content in records if kind == "resource"} == kept
    assert b"http-server: x" in records[2][2]
    again = [one for one in read(file) if isinstance(one, RawDocument)]
    assert [(one.url, one.collected, one.sha256) for one in again] == [
        (one.url, one.collected, one.original_sha256) for one in seen
    ]
    assert not (bag / "data/articles" / _id("https://herald.example/two") / file.name).exists()
    assert f'href="{file.name}"' in (file.parent / "index.html").read_text("utf-8")


def test_its_pages_open_offline_and_hold_no_markup_of_articles(bag: Path) -> None:
    pages = [*bag.rglob("*.html")]
    ours = [page for page in pages if page.parent.name != "originals"]
    assert len(ours) == 3
    for page in ours:
        text = page.read_text("utf-8")
        assert not re.search(r"(?:src|action)=|<script|<link|@import|url\(", text)
        assert "<bridge>" not in text
        assert "<b>" not in text
        for target in re.findall(r'href="([^"#][^"]*)"', text):
            assert target.startswith("https://") or (page.parent / target).is_file(), target
    front = (bag / "data/index.html").read_text("utf-8")
    assert "@media print" in front
    assert "Is &lt;b&gt;Petrov&lt;/b&gt; the driver?" in front


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_it_is_a_bag_that_other_tools_can_check(bag: Path) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=bag, check=True)
    assert (bag / "bagit.txt").read_text() == (
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    listed = (bag / "manifest-sha256.txt").read_text("utf-8").splitlines()
    assert sorted(line.partition("  ")[2] for line in listed) == sorted(
        path.relative_to(bag).as_posix() for path in payload
    )
    size = sum(path.stat().st_size for path in payload)
    assert f"Payload-Oxum: {size}.{len(payload)}\n" in (bag / "bag-info.txt").read_text("utf-8")


@needs_openssl
def test_openssl_finds_the_signature_good(bag: Path) -> None:
    command = [OPENSSL, "pkeyutl", "-verify", "-pubin", "-inkey", "public-key.pem", "-rawin"]
    command += ["-in", "tagmanifest-sha256.txt", "-sigfile", "signature.bin"]
    said = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=True)
    assert "Success" in said.stdout


def test_one_byte_changed_in_any_file_is_named(bag: Path) -> None:
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    assert len(files) > 20
    for path in files:
        name = path.relative_to(bag).as_posix()
        content = path.read_bytes()
        place = len(content) // 2
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        said = check(bag, code=1).stdout
        # Of the tag manifest only its signature can tell; a changed line names what it speaks of.
        where = "signature.bin" if name == "tagmanifest-sha256.txt" else name
        assert re.search(rf"^{re.escape(where)}: ", said, re.MULTILINE), (name, said)
        if name != "verify.py":
            assert _standalone(bag).returncode == 1, name
        path.write_bytes(content)
    check(bag)


def test_files_put_in_taken_out_or_exchanged_are_named(bag: Path) -> None:
    article = bag / "data/articles" / _id(URL)
    (bag / "data/new.txt").write_text("new")
    assert "data/new.txt: is in no manifest" in check(bag, code=1).stdout
    (bag / "data/new.txt").unlink()
    (article / "reading.txt").rename(article / "read.txt")
    said = check(bag, code=1).stdout
    assert f"data/articles/{_id(URL)}/reading.txt: is missing" in said
    assert "read.txt: is in no manifest" in said
    (article / "read.txt").rename(article / "reading.txt")
    (bag / "signature.bin").unlink()
    assert "signature.bin: is missing" in check(bag, code=1).stdout


def test_a_manifest_written_anew_is_told_by_the_signature(bag: Path) -> None:
    target = bag / "data/articles" / _id(URL) / "reading.txt"
    target.write_text("Another text.")
    for manifest, name in (("manifest-sha256.txt", target), ("tagmanifest-sha256.txt", None)):
        path = bag / manifest
        changed = name or bag / "manifest-sha256.txt"
        relative = changed.relative_to(bag).as_posix()
        digest = hashlib.sha256(changed.read_bytes()).hexdigest()
        text = re.sub(rf"^\w+(?=  {re.escape(relative)}$)", digest, path.read_text(), flags=re.M)
        path.write_text(text)
    assert check(bag, code=1).stdout.startswith("signature.bin: is not this key's signature")


def test_a_link_that_does_not_follow_is_named_though_every_hash_holds(bag: Path) -> None:
    path = bag / "data/articles" / _id(URL) / "intakes.json"
    path.write_text(path.read_text("utf-8").replace("crawl.warc.gz", "crowl.warc.gz"), "utf-8")
    assert "does not follow from the one before" in _standalone(bag).stdout


def test_a_package_signed_by_somebody_else_is_named(bag: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    signing.make_key(tmp_path / "other-private.pem")
    other.write_bytes(signing.public_pem(tmp_path / "other-private.pem"))
    assert "is not the key that was asked for" in check(bag, "--key", str(other), code=1).stdout
    check(bag, "--key", str(bag / "public-key.pem"))


@pytest.mark.parametrize("damage", ["cut", "flip", "none"])
def test_a_damaged_zip_file_is_told(package: Path, damage: str) -> None:
    content = bytearray(package.read_bytes())
    match damage:
        case "cut":
            package.write_bytes(content[:-30])
            check(package, code=2)
        case "flip":
            with zipfile.ZipFile(package) as opened:
                entry = opened.getinfo("evidence/data/index.html")
            content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 1
            package.write_bytes(content)
            assert re.search(r"^data/index.html: ", check(package, code=1).stdout, re.M)
        case "none":
            assert "Every file is as its manifest says" in check(package).stdout


def test_a_file_that_leads_out_of_a_package_is_not_written(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package, "a") as opened:
        opened.writestr("evidence/../../outside.txt", "out")
    said = check(package, code=1).stdout
    assert "leads out of the package" in said
    assert not [*tmp_path.rglob("outside.txt")]


def test_names_are_withheld_from_everything_and_originals_stay_out(
    home: Home, tmp_path: Path
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Ivan Petrov\nPetrov\n", "utf-8")
    path = tmp_path / "withheld.zip"
    run(home, "evidence", "Bridge", "-o", str(path), "--redact", str(names))

    with zipfile.ZipFile(path) as opened:
        for name in opened.namelist():
            text = opened.read(name).decode("utf-8", "replace").lower()
            assert "petrov" not in text, name
            assert "originals/" not in name
        front = opened.read("evidence/data/index.html").decode()
    assert "Names were withheld" in front
    assert "[name withheld]" in front
    check(path)

    asked = tmp_path / "asked.zip"
    run(home, "evidence", "Bridge", "-o", str(asked), "--redact", str(names), "--originals")
    with zipfile.ZipFile(asked) as opened:
        assert any("originals/" in name for name in opened.namelist())


def test_a_question_and_ids_can_be_asked_for(home: Home, tmp_path: Path) -> None:
    found: dict[str, set[str]] = {}
    asked: dict[str, list[str]] = {
        "question": ["towns"],
        "everything": [""],
        "ids": [_id(URL), _id("https://herald.example/three")],
    }
    for name, what in asked.items():
        path = tmp_path / f"{name}.zip"
        run(home, "evidence", *what, "-o", str(path))
        check(path)
        with zipfile.ZipFile(path) as opened:
            found[name] = {
                entry.split("/")[3] for entry in opened.namelist() if "/articles/" in entry
            }
            about: dict[str, Any] = json.loads(opened.read("evidence/data/about.json"))
            assert about["Asked for"]
    two, three = _id("https://herald.example/two"), _id("https://herald.example/three")
    assert found["question"] == {two, three}
    assert found["everything"] == {_id(URL), two, three}
    assert found["ids"] == {_id(URL), three}


def test_what_cannot_be_made_leaves_no_file(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "none.zip"
    run(home, "evidence", "xylophone", "-o", str(path), code=3)
    run(home, "evidence", "bridge", "towns", "-o", str(path), code=2)
    run(home, "evidence", "", "-o", str(path), "--limit", "2", code=2)
    run(home, "evidence", "Bridge", "-o", str(path), "--timestamp", "ftp://x", code=2)
    run(home, "evidence", "Bridge", "-o", str(path), "--timestamp", "http://127.0.0.1:9/", code=5)
    assert [*tmp_path.iterdir()] == []
    path.write_text("mine")
    assert "already" in run(home, "evidence", "Bridge", "-o", str(path), code=2).stderr
    assert path.read_text() == "mine"
    assert "no evidence package" in check(tmp_path, code=2).stderr


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "keys")
    assert "keys make" in run(home, "keys", "show", code=5).stderr
    made = run(home, "keys", "make")
    assert home.key.stat().st_mode & 0o777 == 0o600
    assert run(home, "keys", "show").stdout == made.stdout
    assert "already" in run(home, "keys", "make", code=2).stderr
    home.key.write_text("no key")
    assert "holds no key" in run(home, "keys", "show", code=5).stderr


class _Authority(BaseHTTPRequestHandler):
    """A timestamp authority made with openssl; `refusing` answers what was not asked."""

    folder: ClassVar[Path]
    kept: ClassVar[bytes] = b""

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        (self.folder / "query").write_bytes(query)
        command = [OPENSSL, "ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf"]
        subprocess.run([*command, "-out", "reply"], cwd=self.folder, check=True)
        answer = type(self).kept or (self.folder / "reply").read_bytes()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[stamping]
extendedKeyUsage = critical,timeStamping
"""


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "tsa.cnf").write_text(_CONFIG)
    (folder / "serial").write_text("01\n")
    command = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key"]
    command += ["-out", "tsa.pem", "-days", "2", "-subj", "/CN=A local authority"]
    command += ["-config", "tsa.cnf", "-extensions", "stamping"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    _Authority.folder, _Authority.kept = folder, b""
    with HTTPServer(("127.0.0.1", 0), _Authority) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", folder / "tsa.pem"
        server.shutdown()
        thread.join()


@needs_openssl
def test_a_local_authority_stamps_and_its_stamp_is_checked(
    home: Home, tmp_path: Path, authority: tuple[str, Path]
) -> None:
    url, certificate = authority
    path = tmp_path / "stamped.zip"
    run(home, "evidence", "Bridge", "-o", str(path), "--sign", "--timestamp", url)

    assert "Time stamp: " in check(path, "--authority", str(certificate)).stdout
    other = tmp_path / "other.pem"
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "x.key", "-out",
         str(other), "-days", "2", "-subj", "/CN=Somebody else"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    said = check(path, "--authority", str(other), code=1).stdout
    assert "timestamp.tsr: is not signed by the authority" in said
    with zipfile.ZipFile(path) as opened:
        opened.extractall(tmp_path)
    token = tmp_path / "evidence/timestamp.tsr"
    content = token.read_bytes()
    token.write_bytes(content[:-5] + bytes([content[-5] ^ 1]) + content[-4:])
    assert "timestamp.tsr: has other bytes" in check(tmp_path / "evidence", code=1).stdout


@needs_openssl
def test_a_stamp_on_something_else_is_refused(
    home: Home, tmp_path: Path, authority: tuple[str, Path]
) -> None:
    url, _ = authority
    run(home, "evidence", "Bridge", "-o", str(tmp_path / "one.zip"), "--timestamp", url)
    _Authority.kept = (_Authority.folder / "reply").read_bytes()
    two = tmp_path / "two.zip"
    result = run(home, "evidence", "Bridge", "-o", str(two), "--timestamp", url, code=5)
    assert "about something else" in result.stderr
    assert not two.exists()
    plain = tmp_path / "plain.zip"
    run(home, "evidence", "Bridge", "-o", str(plain))
    said = check(plain, "--authority", str(_Authority.folder / "tsa.pem"), code=1).stdout
    assert "timestamp.tsr: is missing" in said
