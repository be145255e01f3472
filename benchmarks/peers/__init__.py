"""Whom do we measure ourselves against? Each peer as its own users would use it.

All get the same articles and the same words: the texts go in as stems, made by our analyzer and
separated by spaces, so that sets of hits can be compared before any time counts.
"""

from __future__ import annotations

from benchmarks.peers.bm25s_arrays import Bm25s
from benchmarks.peers.dispatches import Dispatches, DispatchesWithForms
from benchmarks.peers.fts5 import Fts5
from benchmarks.peers.peer import Found, Page, Peer
from benchmarks.peers.stock_whoosh import StockWhoosh
from benchmarks.peers.tantivy_rust import Tantivy, TantivyAlone

PEERS: dict[str, type[Peer]] = {
    peer.name: peer for peer in (Dispatches, Tantivy, Fts5, Bm25s, StockWhoosh)
}

BUILDERS: dict[str, type[Peer]] = {**PEERS, TantivyAlone.name: TantivyAlone}
"""Who is measured at building: the peers, and tantivy with its own analyzer."""

RANKERS: dict[str, type[Peer]] = {**PEERS, DispatchesWithForms.name: DispatchesWithForms}
"""Whose order of hits is measured: the peers, and ours with forms of words."""

__all__ = ["BUILDERS", "PEERS", "RANKERS", "Found", "Page", "Peer"]
