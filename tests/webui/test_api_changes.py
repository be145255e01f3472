"""What changed for scripts is taken down, by day: the page agrees with what is promised now."""

from __future__ import annotations

import copy

import pytest

from docs import api_changes
from docs.api_changes import CHANGES, SURFACE, sections, surface, updated
from webui.api.openapi import document

PROMISE = document()


def test_the_files_are_up_to_date() -> None:
    kept = set(SURFACE.read_text(encoding="utf-8").splitlines())
    assert kept == surface(PROMISE), "run `make api-changes`"


def test_every_day_can_be_gone_back_to() -> None:
    told = sections(CHANGES.read_text(encoding="utf-8"))
    days = [day for day, _, _ in told]
    assert days == sorted(days, reverse=True)
    assert len(days) == len(set(days)) >= 2
    lines = surface(PROMISE)
    for _, came, gone in told:
        assert came <= lines
        assert not gone & lines
        lines = (lines - came) | gone
    assert any(line.startswith("GET /api/v1/search ") for line in lines)


def test_a_change_is_told_with_its_day_and_twice_a_day_once() -> None:
    before = {"a", "b"}
    first = updated("", before, {"a", "c"}, "2026-01-01")
    assert sections(first) == [("2026-01-01", {"c"}, {"b"})]
    again = updated(first, {"a", "c"}, {"a", "d"}, "2026-01-01")
    assert sections(again) == [("2026-01-01", {"d"}, {"b"})]
    undone = updated(again, {"a", "d"}, before, "2026-01-01")
    assert sections(undone) == []
    later = updated(again, {"a", "d"}, {"a", "d", "e"}, "2026-01-02")
    assert sections(later) == [("2026-01-02", {"e"}, set()), ("2026-01-01", {"d"}, {"b"})]
    assert updated(later, {"a", "d", "e"}, {"a", "d", "e"}, "2026-01-03") == later


def _without_a_status(promise: api_changes.Promise) -> None:
    del promise["paths"]["/api/v1/search"]["get"]["responses"]["410"]


def _with_a_key(promise: api_changes.Promise) -> None:
    promise["components"]["schemas"]["Item"]["properties"]["new"] = {"type": "string"}


def _with_a_lower_limit(promise: api_changes.Promise) -> None:
    (limit,) = (
        one
        for one in promise["paths"]["/api/v1/search"]["get"]["parameters"]
        if one["name"] == "limit"
    )
    limit["schema"]["maximum"] = 1


def _without_an_address(promise: api_changes.Promise) -> None:
    del promise["paths"]["/api/v1/index"]


def _without_a_filter(promise: api_changes.Promise) -> None:
    for methods in promise["paths"].values():
        for operation in methods.values():
            operation["parameters"] = [
                one for one in operation["parameters"] if one["name"] != "tag"
            ]


@pytest.mark.parametrize(
    ("change", "gone", "came"),
    [
        (_without_a_status, 1, 1),
        (_with_a_key, 0, 1),
        (_with_a_lower_limit, 1, 1),
        (_without_an_address, 3, 0),
        (_without_a_filter, 2, 0),
    ],
)
def test_whatever_a_script_relies_on_is_a_line(
    change: api_changes.Change, gone: int, came: int
) -> None:
    other = copy.deepcopy(PROMISE)
    change(other)
    before, now = surface(PROMISE), surface(other)
    assert (len(before - now), len(now - before)) == (gone, came), before ^ now
