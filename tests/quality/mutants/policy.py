"""Modules that hold policy: rules of which a change alters what people are told, and their tests.

The key is what a module is called on the command line and in `equivalent.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("corpus", "indexer", "search", "webui")


@dataclass(frozen=True, slots=True)
class Policy:
    """One module, and the test files that are its own."""

    path: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").replace("/", ".")


_ENTITIES = "tests/indexer/entities"

POLICIES = {
    "clusters": Policy("indexer/clusters.py", ("tests/indexer/test_clusters.py",)),
    "merging": Policy(
        "indexer/entities/across_collection/merging.py",
        (
            f"{_ENTITIES}/across_collection/test_merging.py",
            f"{_ENTITIES}/across_collection/test_canonicaliser.py",
            f"{_ENTITIES}/across_collection/named_again/test_transliteration.py",
        ),
    ),
    "person names": Policy(
        "indexer/entities/names/person_names.py",
        (f"{_ENTITIES}/names/test_person_names.py", f"{_ENTITIES}/names/test_spelling.py"),
    ),
    "families": Policy(
        "indexer/families/grouping.py", ("tests/indexer/families/test_families.py",)
    ),
    "repeated text": Policy(
        "indexer/families/repeated_text.py", ("tests/indexer/families/test_repeated_text.py",)
    ),
    "addresses": Policy(
        "corpus/cleaner/addresses.py",
        ("tests/corpus/cleaner/test_addresses.py",),
    ),
    "publication": Policy(
        "corpus/cleaner/dates/publication.py",
        (
            "tests/corpus/cleaner/test_dates_disagreeing.py",
            "tests/corpus/cleaner/test_dates_read.py",
            "tests/corpus/cleaner/test_dates_told_truly.py",
            "tests/corpus/cleaner/test_dating.py",
        ),
    ),
    "dates": Policy(
        "corpus/cleaner/dates/reading.py",
        ("tests/corpus/cleaner/test_dates_read.py", "tests/corpus/cleaner/test_dating.py"),
    ),
    "dates in addresses": Policy(
        "corpus/cleaner/dates/in_address.py",
        ("tests/corpus/cleaner/test_dates_read.py", "tests/corpus/cleaner/test_dating.py"),
    ),
    "similar": Policy(
        "search/analyses/similar.py",
        ("tests/search/analyses/test_similar.py",),
    ),
    "did you mean": Policy(
        "search/help/spelling.py",
        ("tests/search/help/test_did_you_mean.py",),
    ),
    "exports": Policy(
        "search/output/exports.py",
        ("tests/search/output/test_exports.py",),
    ),
    "csv": Policy(
        "search/output/formats/csv.py",
        ("tests/search/output/test_exports.py", "tests/search/output/test_formats.py"),
    ),
    "jsonl": Policy(
        "search/output/formats/jsonl.py",
        ("tests/search/output/test_exports.py", "tests/search/output/test_formats.py"),
    ),
    "bib": Policy("search/output/formats/bib.py", ("tests/search/output/test_formats.py",)),
    "ris": Policy("search/output/formats/ris.py", ("tests/search/output/test_formats.py",)),
    "answering": Policy(
        "webui/answering.py", ("tests/webui/test_answering.py", "tests/webui/test_exports.py")
    ),
    "limits": Policy("webui/server/limits.py", ("tests/webui/test_limits.py",)),
}
