"""Processes: many items worked on at once, results in order, and a bad item costs itself alone.

Reading, cleaning and analysis are done in other processes. An item that ends the process that works
on it (a fault in a parser written in C, memory used up) or that takes forever is lost alone. Ctrl-C
reaches the process that a person started, never those that work for it.
"""

from corpus.processes.cluster import Cluster, ClusterPool, connected
from corpus.processes.feeder import Feeder
from corpus.processes.pool import TASKS_AHEAD, Pool
from corpus.processes.starting import ENDED, Lost, available_cores

__all__ = [
    "ENDED",
    "TASKS_AHEAD",
    "Cluster",
    "ClusterPool",
    "Feeder",
    "Lost",
    "Pool",
    "available_cores",
    "connected",
]
