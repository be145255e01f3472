"""What is one address for scripts? A row of `webui.endpoints`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webui.arguments import Arguments, Parameter, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address.

    Attributes:
        path: below `/api/v1`, in OpenAPI's form: `/articles/{article_id}`.
        answer: name of the schema of its answer in `webui.schemas`, or empty for bytes.
        media_type: of its answer.
        statuses: statuses other than 200, 304, 400, 429 and 503 that it may answer with.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    answer: str = ""
    media_type: str = "application/json"
    statuses: tuple[int, ...] = ()

    def read(self, pairs: list[tuple[str, str]], path: Mapping[str, str]) -> Arguments:
        """Checks a request for this address.

        Raises:
            InvalidParameter: see `webui.arguments.read`.
        """
        return read([*pairs, *path.items()], self.parameters)
