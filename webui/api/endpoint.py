"""What is one address for scripts? A row of `webui.api.endpoints`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from webui.arguments import Arguments, Parameter, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address.

    Attributes:
        path: below `/api/v1`, in OpenAPI's form: `/articles/{article_id}`.
        answer: name of the schema of its answer in `webui.api.schemas`, or empty for bytes.
        media_type: of its answer.
        may_be_missing: it asks for one thing by name, which may not be there.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    answer: str = ""
    media_type: str = "application/json"
    may_be_missing: bool = False

    @property
    def statuses(self) -> tuple[HTTPStatus, ...]:
        """What it may answer with, besides 200, 304, 400, 429 and 503."""
        names = {parameter.name for parameter in self.parameters}
        missing = (HTTPStatus.NOT_FOUND,) if self.may_be_missing else ()
        return (*missing, HTTPStatus.GONE) if "generation" in names else missing

    def read(self, pairs: list[tuple[str, str]], path: Mapping[str, str]) -> Arguments:
        """Checks a request for this address.

        Raises:
            InvalidParameter: see `webui.arguments.read`.
        """
        return read([*pairs, *path.items()], self.parameters)
