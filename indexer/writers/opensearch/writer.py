"""Writer: one generation's articles into an index of a cluster that nobody asks before `commit`.

An index is made for one generation, filled once and never changed again. Its name has the mark of
the collection, and so have its own records: what does not bear it is not ours, and is never asked,
changed or removed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexCorrupt, StorageError
from indexer.analysis.types import Analyzer
from indexer.document import IndexDocument, NamesIn, Renamed
from indexer.generations.engine_choice import Cluster
from indexer.generations.manifest import sealed, unsealed, write_durably
from indexer.schema import TEXT_FIELDS
from indexer.writers.opensearch.client import Client, NoSuchIndex
from indexer.writers.opensearch.dictionary import DictionaryWriter
from indexer.writers.opensearch.mapping import NUMBER, fields_of, indexed, mappings, settings
from indexer.writers.types import WriterReport

PLACE = "cluster.json"
"""The file of a generation that says in which index its articles are."""
_PREFIX = "dispatches"
_AT_ONCE = 4 << 20  # bytes that are sent together
_PATIENCE = 300.0  # seconds: a cluster that loses a node needs some to go on
_MERGING = 3600.0
_A_SHARD = 2_000_000  # articles; docs/cluster-sizing.md has how that was measured


class OpenSearchWriter:
    """An `IndexWriter`: sends documents as they come, in parts.

    Args:
        folder: an empty folder, made if it is missing.
        articles: how many will come, as far as that is known.
        shards: how many parts the index has; None for one a node that holds data, and more where
            a part would be so large that a broad question takes a second in it.

    Raises:
        StorageError: the cluster refuses, or does not answer.
    """

    def __init__(
        self,
        folder: Path,
        analyzer: Analyzer,
        *,
        cluster: Cluster,
        articles: int = 0,
        shards: int | None = None,
    ) -> None:
        self._client = Client(cluster, patience=_PATIENCE)
        self._folder = folder
        self._analyzer = analyzer
        self._dictionary = DictionaryWriter()
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._marks = {"collection": cluster.collection, "draft": secrets.token_hex(6)}
        self._index = f"{_PREFIX}-{cluster.collection}-{self._marks['draft']}"
        nodes = self._client.ask("GET", "/_cluster/health")["number_of_data_nodes"]
        self._client.ask(
            "PUT",
            # With all copies at work, a node that dies takes no document along.
            f"/{self._index}?wait_for_active_shards=all&timeout=60s",
            {
                "settings": settings(
                    shards=shards or max(nodes, -(-articles // _A_SHARD)), replicas=int(nodes > 1)
                ),
                "mappings": mappings(self._marks),
            },
            seconds=90.0,
        )
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, document: IndexDocument, names: NamesIn | None = None) -> None:
        """Adds one document. Documents keep the order they were added in."""
        del names
        tokens = {
            field.name: self._analyzer.tokens(getattr(document, field.name))
            for field in TEXT_FIELDS
        }
        fields = fields_of(self._dictionary.documents, document, tokens)
        self._dictionary.add(document, tokens)
        action = {"index": {"_id": str(fields[NUMBER]), "routing": indexed(document.family_id)}}
        lines = f"{_line(action)}\n{_line(fields)}\n".encode("utf-8", "backslashreplace")
        self._waiting.append(lines)
        self._bytes += len(lines)
        if self._bytes >= _AT_ONCE:
            self.send()

    def keep(self, article_ids: Sequence[str]) -> NDArray[np.bool_]:
        """None: each generation has an index of its own."""
        return np.zeros(len(article_ids), np.bool_)

    def keep_renamed(self, renamed: Renamed) -> Collection[str]:
        """None, for the same reason."""
        del renamed
        return ()

    def commit(self) -> WriterReport:
        """Sends what is left, counts what arrived, and closes the index for changes.

        Raises:
            IndexCorrupt: not every document arrived.
        """
        self.send()
        at = f"/{self._index}"
        self._client.ask("POST", f"{at}/_refresh")
        self._client.ask("POST", f"{at}/_forcemerge?max_num_segments=1", seconds=_MERGING)
        self._client.ask("POST", f"{at}/_flush?wait_if_ongoing=true", seconds=_MERGING)
        # What is searched is one segment from here on, and the files of those it was made of go.
        self._client.ask("POST", f"{at}/_refresh")
        self._client.ask("PUT", f"{at}/_settings", {"index.blocks.write": True})
        answer = self._client.ask("GET", f"{at}/_count")
        if answer["_shards"]["failed"] or answer["count"] != self._dictionary.documents:
            raise IndexCorrupt(
                f"{answer['count']:,} of {self._dictionary.documents:,} articles arrived",
                where=self._index,
                advice="Look at the cluster's health, and run `dispatches rebuild` again",
            )
        self._dictionary.write(self._folder)
        place = {"index": self._index, **self._marks, "documents": self._dictionary.documents}
        write_durably(self._folder / PLACE, sealed(place))
        self._client.close()
        return WriterReport(
            documents=self._dictionary.documents,
            words=sum(self._dictionary.lengths.values()),
            details={},
        )

    def cancel(self) -> None:
        """Removes the index, as far as the cluster can be reached; the next rebuild looks again."""
        with suppress(StorageError):  # what ended the rebuild is what is to be told
            _remove(Client(self._client.cluster), self._index)
        self._client.close()

    def send(self) -> None:
        """Sends what waits, without waiting for more."""
        if self._waiting:
            self._client.bulk(f"/{self._index}", self._waiting)
        self._waiting = []
        self._bytes = 0


def place_of(folder: Path) -> dict[str, Any]:
    """What the part of a generation says of its index: `index`, `collection`, `draft`, `documents`.

    Raises:
        IndexCorrupt: it is missing or damaged.
    """
    try:
        return unsealed((folder / PLACE).read_bytes())
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise IndexCorrupt(
            f"it cannot be read in which index the articles are: {error}",
            where=str(folder / PLACE),
            advice="Run `dispatches rebuild`",
        ) from None


def check_marks(client: Client, place: Mapping[str, Any]) -> None:
    """Is an index the one that was written for a generation?

    Raises:
        NoSuchIndex: the cluster has none of this name.
        IndexCorrupt: something else wrote it.
        ClusterUnavailable: it does not answer.
    """
    found = client.ask("GET", f"/{place['index']}/_mapping")
    own = found.get(place["index"], {"mappings": {}})  # under an alias others have that name
    marks = own["mappings"].get("_meta", {})
    if any(marks.get(name) != place[name] for name in ("collection", "draft")):
        raise IndexCorrupt(
            "something else than this collection wrote this index of the cluster",
            where=place["index"],
            advice="Name the cluster that it was written to, or run `dispatches rebuild`",
        )


def missing(cluster: Cluster, folder: Path) -> str:
    """What is wrong with the index of a generation; nothing where all its articles are there.

    Raises:
        ClusterUnavailable: no node answers.
    """
    client = Client(cluster)
    try:
        place = place_of(folder)
        check_marks(client, place)
        answer = client.ask("GET", f"/{place['index']}/_count")
    except IndexCorrupt as error:
        return str(error)
    finally:
        client.close()
    count = answer["count"]
    if answer["_shards"]["failed"] or count != place["documents"]:
        return f"{place['index']} has {count:,} of {place['documents']:,} articles"
    return ""


def remove_others(cluster: Cluster, kept: Collection[str]) -> list[str]:
    """Removes the indexes of a collection that none of its generations has; returns their names.

    Args:
        kept: the indexes to leave. Nobody may be writing another one meanwhile.
    """
    return _remove_ours(cluster, lambda name: name not in kept)


def remove(cluster: Cluster, indexes: Collection[str]) -> list[str]:
    """Removes indexes of a collection, those that it wrote itself; returns their names."""
    return _remove_ours(cluster, lambda name: name in indexes)


def _remove_ours(cluster: Cluster, is_chosen: Callable[[str], bool]) -> list[str]:
    client = Client(cluster)
    pattern = f"{_PREFIX}-{cluster.collection}-*"
    found = client.ask("GET", f"/{pattern}/_mapping?expand_wildcards=all")
    gone = sorted(
        name
        for name, index in found.items()
        if is_chosen(name)
        and index["mappings"].get("_meta", {}).get("collection") == cluster.collection
    )
    for name in gone:
        _remove(client, name)
    client.close()
    return gone


def _remove(client: Client, index: str) -> None:
    with suppress(NoSuchIndex):  # it is gone already
        client.ask("DELETE", f"/{index}")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
