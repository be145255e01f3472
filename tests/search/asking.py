"""Asking the made-up index, in one line."""

from __future__ import annotations

from dataclasses import replace

from search.request import SearchRequest
from search.result import SearchResult
from search.service import search
from tests.contract.made_up import made_up_index

INDEX = made_up_index()


def ask(text: str = "", **options: object) -> SearchResult:
    return search(replace(SearchRequest(text=text, limit=100), **options), INDEX)  # type: ignore[arg-type]  # options are fields of SearchRequest


def titles(result: SearchResult) -> list[str]:
    return [hit.document.title for hit in result.hits]
