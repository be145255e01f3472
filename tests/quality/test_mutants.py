"""Rules are held by tests: change one by a little, and a test of its own fails.

`make mutants` tries every mutant of the modules that hold policy (docs/testing.md). Here are a few
of each module, always the same ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality.mutants.making import mutants
from tests.quality.mutants.policy import POLICIES
from tests.quality.mutants.report import equivalents, mutants_of

_OF_EACH = 5
_AT_LEAST = 0.8
"""A floor, not the aim, which is nine in ten (docs/testing.md)."""

RULE = '''\
"""A rule."""

MOST = 3
MARKS = ("=", "+")


def holds(count: int, name: str) -> bool:
    """Whether it holds."""
    if count < MOST and name.startswith(MARKS):
        return True
    raise ValueError("no")
'''


def test_modules_that_hold_policy_and_their_tests_are_where_the_table_says() -> None:
    named = [file for one in POLICIES.values() for file in (one.path, *one.tests)]
    assert [file for file in named if not (ROOT / file).is_file()] == []


def test_a_mutant_is_one_change() -> None:
    changes = {(one.line, one.now) for one in mutants(RULE)}
    assert changes >= {
        (3, "MOST = 4"),
        (3, "MOST = (2)"),
        (4, "MARKS = ('+',)"),
        (4, "MARKS = ('=',)"),
        (9, "if (count <= MOST) and name.startswith(MARKS):"),
        (9, "if (count >= MOST) and name.startswith(MARKS):"),
        (9, "if (count < MOST or name.startswith(MARKS)):"),
        (9, "if (count < MOST):"),
        (9, "if (name.startswith(MARKS)):"),
        (9, "if count < MOST and name.endswith(MARKS):"),
        (9, "if True:"),
        (9, "if False:"),
        (10, "return False"),
        (11, "pass"),
    }
    assert not any('"""' in one.now or "no" in one.now for one in mutants(RULE))
    for one in mutants(RULE):
        differing = zip(RULE.splitlines(), one.source.splitlines(), strict=True)
        assert sum(was != now for was, now in differing) == 1


def test_every_mutant_is_a_module_that_compiles_and_none_comes_twice() -> None:
    made = mutants_of("limits")
    assert len({one.source for one in made}) == len(made) > 50
    for one in made:
        compile(one.source, POLICIES["limits"].path, "exec", dont_inherit=True)


@pytest.mark.slow
def test_what_is_said_to_change_nothing_is_still_there() -> None:
    made = {(name, one.was, one.now) for name in POLICIES for one in mutants_of(name)}
    assert sorted(set(equivalents()) - made) == []


@pytest.mark.slow
def test_most_small_changes_to_a_rule_are_noticed(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.quality.mutants", "--sample", str(_OF_EACH),
         "--at-least", str(_AT_LEAST)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONHASHSEED": "0", "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr
