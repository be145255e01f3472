"""The description of the interface says how to say who asks."""

from __future__ import annotations

from webui.api.openapi import document


def test_tokens_and_sessions_are_described() -> None:
    told = document()
    schemes = told["components"]["securitySchemes"]
    assert {} in told["security"]  # where nobody signs in
    assert {name for one in told["security"] for name in one} == set(schemes)
    assert schemes["token"]["scheme"] == "bearer"
    for path in told["paths"].values():
        refused = next(iter(path.values()))["responses"]["401"]
        assert "WWW-Authenticate" in refused["headers"]
