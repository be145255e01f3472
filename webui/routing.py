"""How does a row of `webui.endpoints` become an address? One way for every view of scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, json

from webui.answering import pairs, path_pairs
from webui.arguments import Arguments
from webui.endpoint import Endpoint


def serves(
    blueprint: Blueprint, endpoint: Endpoint
) -> Callable[[Callable[[Arguments], Response]], Any]:
    """Routes an endpoint to a view, which gets its checked arguments."""
    rule = "/api/v1" + endpoint.path.replace("{", "<").replace("}", ">")

    def install(view: Callable[[Arguments], Response]) -> Callable[[Arguments], Response]:
        def answer(**_path: str) -> Response:
            return view(endpoint.read(pairs(), path_pairs()))

        blueprint.add_url_rule(rule, endpoint.name, answer)
        return view

    return install


def as_json(value: Any) -> Response:
    """A JSON answer, non-ASCII as it is."""
    return Response(
        json.dumps(value, ensure_ascii=False, sort_keys=False), mimetype="application/json"
    )
