"""Words of a text: the same `Analyzer` at index time and at query time."""

from indexer.analysis.analyzer import analyzer
from indexer.analysis.finding import code_points
from indexer.analysis.folding import fold
from indexer.analysis.types import Analyzer, Token

__all__ = ["Analyzer", "Token", "analyzer", "code_points", "fold"]
