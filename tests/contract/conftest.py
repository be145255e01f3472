"""Every test of a contract runs against every engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from search.engine import (
    Engine,
)
from tests.contract.engines import ENGINES, EngineOf, opensearch
from tests.contract.made_up import made_up_documents


@pytest.fixture(
    params=[
        *ENGINES,
        pytest.param("opensearch 1", marks=pytest.mark.slow),
        pytest.param("opensearch 3", marks=pytest.mark.slow),
    ],
    scope="module",
)
def engine_of(request: pytest.FixtureRequest) -> EngineOf:
    """An engine; of a cluster, with so many shards."""
    name, _, shards = request.param.partition(" ")
    if shards:
        return opensearch(request.getfixturevalue("node").urls, shards=int(shards))
    return ENGINES[name]


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with closing(
        engine_of(made_up_documents(), tmp_path_factory.mktemp("engine") / "index")
    ) as engine:
        yield engine
