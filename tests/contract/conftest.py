"""Every test of a contract runs against every engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from search.engine import (
    Engine,
)
from tests.contract.engines import ENGINES, EngineOf
from tests.contract.made_up import made_up_documents


@pytest.fixture(params=ENGINES, scope="module")
def engine_of(request: pytest.FixtureRequest) -> EngineOf:
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with closing(
        engine_of(made_up_documents(), tmp_path_factory.mktemp("engine") / "index")
    ) as engine:
        yield engine
