"""Which engine holds an index: what is said, what is kept of it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import IndexCorrupt, InvalidParameter
from corpus.home import INDEX, Home
from indexer.generations.engine_choice import Cluster, chosen, keep, marked

NODES = "opensearch:http://127.0.0.1:9201, https://two.example:9200/"


def test_whoosh_is_the_engine_that_nobody_names_and_leaves_no_file(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert chosen(home) is None
    assert keep(home) is None
    assert not home.engine.exists()


def test_a_cluster_is_kept_with_its_mark_and_without_its_password(tmp_path: Path) -> None:
    given = {INDEX: NODES, f"{INDEX}_USER": "ann", f"{INDEX}_PASSWORD": "s3cret"}
    cluster = keep(Home(tmp_path, given=given))
    assert cluster is not None
    assert cluster.urls == ("http://127.0.0.1:9201", "https://two.example:9200")
    assert "s3cret" not in repr(cluster)
    kept = Home(tmp_path)
    assert "s3cret" not in kept.engine.read_text()
    assert chosen(kept) == Cluster(cluster.urls, cluster.collection)
    assert keep(kept) == chosen(kept), "the mark stays the same"


def test_what_is_given_counts_for_more_than_what_was_kept(tmp_path: Path) -> None:
    keep(Home(tmp_path, given={INDEX: NODES}))
    elsewhere = Home(tmp_path, given={INDEX: "opensearch:http://127.0.0.1:1"})
    found = chosen(elsewhere)
    assert found is not None
    assert found.urls == ("http://127.0.0.1:1",)
    assert keep(Home(tmp_path, given={INDEX: "whoosh"})) is None
    assert chosen(Home(tmp_path)) is None


@pytest.mark.parametrize(
    "index",
    [
        "lucene",
        "opensearch:",
        "opensearch:localhost:9200",
        "opensearch:ftp://a.example",
        "opensearch:http://ann:s3cret@127.0.0.1:9200",
        "opensearch:http://127.0.0.1:9200,",
        "opensearch:http://127.0.0.1:99999",
        "opensearch:http://127.0.0.1:9200/?key=s3cret",
        "opensearch:http://127.0.0.1:9200/#s3cret",
        "opensearch:http://[::1",
        "opensearch:http://ann:s3cret@[::1",
    ],
)
def test_what_is_no_engine_is_refused_without_showing_a_password(
    index: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidParameter) as caught:
        chosen(Home(tmp_path, given={INDEX: index}))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("secret", ["USER", "KEY"])
def test_a_password_is_not_sent_in_the_clear_to_another_machine(
    secret: str, tmp_path: Path
) -> None:
    given = {INDEX: "opensearch:http://nodes.example:9200", f"{INDEX}_{secret}": "x"}
    with pytest.raises(InvalidParameter):
        chosen(Home(tmp_path, given=given))
    for url in ("https://nodes.example:9200", "http://127.0.0.1:9200", "http://[::1]:9200"):
        assert chosen(Home(tmp_path, given={**given, INDEX: f"opensearch:{url}"}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("KEY", "s3cret\n"), ("KEY", "s3crét"), ("USER", "ann:s3cret"), ("CA", "/nowhere.pem")],
)
def test_what_no_request_can_carry_is_refused_by_its_name(
    name: str, value: str, tmp_path: Path
) -> None:
    given = {INDEX: "opensearch:http://127.0.0.1:9200", f"{INDEX}_{name}": value}
    with pytest.raises(InvalidParameter) as caught:
        chosen(Home(tmp_path, given=given))
    assert caught.value.where == f"{INDEX}_{name}"
    assert "s3cr" not in str(caught.value)


def test_who_only_begins_to_write_elsewhere_leaves_what_serves(tmp_path: Path) -> None:
    """So that a rebuild with a slip in its address costs that rebuild alone."""
    before = keep(Home(tmp_path, given={INDEX: NODES}))
    begun = marked(Home(tmp_path, given={INDEX: "opensearch:http://127.0.0.1:1"}))
    assert begun is not None
    assert before is not None
    assert begun.collection == before.collection
    assert chosen(Home(tmp_path)) == before


def test_the_mark_is_kept_before_anything_is_written(tmp_path: Path) -> None:
    begun = marked(Home(tmp_path, given={INDEX: NODES}))
    assert chosen(Home(tmp_path)) is None
    assert keep(Home(tmp_path, given={INDEX: NODES})) == begun


def test_a_damaged_file_is_no_choice(tmp_path: Path) -> None:
    Home(tmp_path).engine.write_text("[1]")
    with pytest.raises(IndexCorrupt):
        chosen(Home(tmp_path))
