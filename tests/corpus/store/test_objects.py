"""Originals beside a catalogue: in a folder and in a store that speaks S3, the same promises."""

from __future__ import annotations

import gzip
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import obstore
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from obstore.store import S3Store

from corpus.errors import CatalogueCorrupt, CatalogueUnavailable, InvalidParameter, StorageError
from corpus.home import CATALOGUE, ORIGINALS, Home
from corpus.store import Catalogue
from corpus.store.server.bucket import Bucket
from corpus.store.server.choice import chosen
from corpus.store.server.folder import Folder
from corpus.store.server.objects import name_of
from tests.cluster.bucket import Store
from tests.cluster.postgresql import Server
from tests.faults.attack.operations import pages
from webui.cli import main

MARK = "0123456789abcdef"


class Place:
    """Where originals are, and a way past the program to them."""

    def __init__(self, objects: Folder | Bucket, inside: Path) -> None:
        self.objects = objects
        self.inside = inside

    def files(self) -> list[Path]:
        return sorted(path for path in self.inside.rglob("*") if path.is_file())

    def write(self, file: Path, content: bytes) -> None:
        """Puts other bytes in a place; a store remembers lengths, and is asked to."""
        if isinstance(self.objects, Bucket):
            store = S3Store.from_url(self.objects.address, client_options={"allow_http": True})
            obstore.put(store, file.relative_to(self.inside).as_posix(), content)
        else:
            file.write_bytes(content)


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Both, one after the other; a store is started in the slow suite."""
    if request.param == "folder":
        return Place(Folder(tmp_path / "originals"), tmp_path / "originals")
    store: Store = request.getfixturevalue("object_store")
    address = store.place()
    return Place(Bucket(address), store.inside(address))


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=4000))
def test_bytes_come_back_as_they_were(place: Place, content: bytes) -> None:
    place.objects.keep(sha256_of(content), content)
    assert place.objects.content(sha256_of(content)) == content


def test_a_long_document_is_kept_whole(place: Place) -> None:
    content = bytes(range(256)) * 50_000 + hashlib.sha512(b"long").digest()
    place.objects.keep(sha256_of(content), content)
    assert place.objects.content(sha256_of(content)) == content


def test_other_tools_find_and_read_it(place: Place) -> None:
    place.objects.keep(sha256_of(b"page"), b"page")
    (kept,) = place.files()
    assert kept.relative_to(place.inside).as_posix() == (
        f"{sha256_of(b'page')[:2]}/{sha256_of(b'page')}.gz"
    )
    assert gzip.decompress(kept.read_bytes()) == b"page"


def test_what_is_kept_is_never_written_again(place: Place) -> None:
    place.objects.keep(sha256_of(b"page"), b"page")
    (kept,) = place.files()
    place.write(kept, b"as it was")
    place.objects.keep(sha256_of(b"page"), b"page")
    assert kept.read_bytes() == b"as it was"


def test_many_at_once_may_keep_the_same(place: Place) -> None:
    contents = [b"one", b"two", b"three"] * 8
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: place.objects.keep(sha256_of(one), one), contents))
    assert len(place.files()) == 3
    for content in contents[:3]:
        assert place.objects.content(sha256_of(content)) == content


def test_what_is_missing_or_damaged_is_named(place: Place) -> None:
    sha256 = sha256_of(b"page")
    with pytest.raises(ValueError, match=f"{sha256}.gz is missing"):
        place.objects.content(sha256)
    place.objects.keep(sha256, b"page")
    (kept,) = place.files()
    packed = kept.read_bytes()
    for damaged in (b"", packed[:-6], b"\0" + packed[1:]):
        place.write(kept, damaged)
        with pytest.raises(ValueError, match=r"incomplete|incorrect|Error"):
            place.objects.content(sha256)


def test_a_mark_tells_one_catalogue_from_another(place: Place) -> None:
    with pytest.raises(CatalogueCorrupt, match="are not here"):
        place.objects.check(MARK, empty=False)
    assert place.files() == []
    place.objects.check(MARK, empty=True)
    for empty in (True, False):
        place.objects.check(MARK, empty=empty)
        with pytest.raises(CatalogueCorrupt, match="another catalogue"):
            place.objects.check(MARK[::-1], empty=empty)


# A store alone


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3://A", "s3://key:secret@bucket", "s3://bucket?x=secret", "s3://bucket/../other"],
)
def test_what_is_no_address_of_a_bucket_is_refused_and_not_repeated(
    address: str, tmp_path: Path
) -> None:
    given = {CATALOGUE: "postgresql://taker@127.0.0.1/none", ORIGINALS: address}
    with pytest.raises(InvalidParameter, match="no address of a bucket") as refused:
        chosen(Home(tmp_path, given=given))
    assert "secret" not in str(refused.value)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in {
        "ENDPOINT_URL": "https://127.0.0.1:1",
        "ALLOW_HTTP": "",
        "REGION": "x",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "a key of twelve")
    return monkeypatch


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_without_keys_nobody_is_asked(name: str, keys: pytest.MonkeyPatch) -> None:
    keys.delenv(name)
    with pytest.raises(InvalidParameter, match=f"need {name}[^_]"):
        Bucket("s3://bucket")


@pytest.mark.parametrize(
    ("endpoint", "said", "taken"),
    [
        ("https://store.example", "", True),
        ("http://127.0.0.1:9000", "", True),
        ("http://[::1]:9000", "", True),
        ("http://localhost:9000", "", True),
        ("http://10.0.0.1:9000", "", False),
        ("http://10.0.0.1:9000", "false", False),
        ("http://10.0.0.1:9000", "true", True),
        ("http://127.0.0.1.example:9000", "", False),
    ],
)
def test_a_store_is_asked_without_encryption_on_this_machine_alone(
    endpoint: str, said: str, taken: bool, keys: pytest.MonkeyPatch
) -> None:
    keys.setenv("AWS_ENDPOINT_URL", endpoint)
    keys.setenv("AWS_ALLOW_HTTP", said)
    if taken:
        Bucket("s3://bucket")
    else:
        with pytest.raises(InvalidParameter, match="without encryption"):
            Bucket("s3://bucket")


@pytest.mark.slow
def test_a_store_that_refuses_or_is_gone_is_named(
    object_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Bucket(object_store.place())
    bucket.keep(sha256_of(b"page"), b"page")
    with pytest.raises(StorageError, match="no such bucket"):
        Bucket("s3://none").keep(sha256_of(b"page"), b"page")

    with monkeypatch.context() as wrong:
        wrong.setenv("AWS_SECRET_ACCESS_KEY", "another secret of theirs")
        refused = Bucket(bucket.address)
    for asking in (lambda: refused.keep("0" * 64, b""), lambda: refused.content("0" * 64)):
        with pytest.raises(CatalogueUnavailable, match="refuses us"):
            asking()

    object_store.stop()
    try:
        with pytest.raises(CatalogueUnavailable, match="cannot be used"):
            bucket.content(sha256_of(b"page"))
    finally:
        object_store.start()
    assert bucket.content(sha256_of(b"page")) == b"page"


# A whole collection


def run(*words: object, home: Path) -> Result:
    done = CliRunner().invoke(main, [*map(str, words), "--home", str(home)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.slow
def test_a_collection_has_its_originals_in_a_store_and_takes_them_home(
    tmp_path: Path, postgresql: Server, object_store: Store
) -> None:
    home, bucket = tmp_path / "home", object_store.place()
    where = ("--catalogue", postgresql.database(), "--originals", bucket)
    run(*where, "add", pages(tmp_path / "pile", range(8)), home=home)
    run("rebuild", "--processes", "1", home=home)
    run("verify", home=home)
    kept = [*object_store.inside(bucket).rglob("*.gz")]
    assert len(kept) >= 8
    lost = gzip.decompress(kept[0].read_bytes())
    assert not (home / "originals").exists()
    assert json.loads(Home(home).server.read_text())["originals"] == bucket

    second = tmp_path / "second"  # another machine
    run(*where, "add", pages(tmp_path / "more", range(6, 11)), home=second)
    with Catalogue.open(Home(home), readonly=True) as catalogue:
        assert catalogue.counts().articles == 11
        assert list(catalogue.troubles()) == []
        before = {one.article.article_id for one in catalogue.articles()}

    sha256 = kept[0].name.removesuffix(".gz")
    past = S3Store.from_url(bucket, client_options={"allow_http": True})
    obstore.delete(past, name_of(sha256))
    with Catalogue.open(Home(home), readonly=True) as catalogue:
        (found,) = catalogue.troubles()
    assert sha256 in found.what
    Bucket(bucket).keep(sha256, lost)

    run("move", "--to", "file", home=home)
    with Catalogue.open(Home(home), readonly=True) as catalogue:
        assert list(catalogue.troubles()) == []
        assert {one.article.article_id for one in catalogue.articles()} == before
