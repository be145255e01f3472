"""The log can be read by part: a subject says which part changed, and how, on one short line."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.conftest import ROOT

_SINCE = "f5ddf3c"  # the first that was held to it
_SUBJECT = re.compile(r"[a-z][\w ,/&-]*: \S.*")
_LONGEST = 72
_LONGER = frozenset(
    (
        "whoosh schema: the product's analyzer as a chain, facets and days as columns",
        "cleaner: encodings by webencodings, mojibake by ftfy, one table of months",
        "events: reports of one happening beside the article, figures side by side",
    )
)
"""What stood in the log before anybody ran this test over it."""


def _git(*arguments: str) -> str:
    answer = subprocess.run(
        ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        pytest.skip(f"no history of commits since {_SINCE} is here: {answer.stderr.strip()}")
    return answer.stdout


def test_subjects_say_the_part_and_the_change() -> None:
    subjects = _git("log", "--no-merges", "--format=%s", f"{_SINCE}~1..HEAD").splitlines()
    wrong = [
        one for one in subjects if not _SUBJECT.fullmatch(one) or not 10 <= len(one) <= _LONGEST
    ]
    assert set(wrong) <= _LONGER
