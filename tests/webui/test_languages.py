"""Pages in the languages of their readers: nothing is said that is not marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.webui.unmarked import dynamic, unmarked

TEMPLATES = sorted((ROOT / "webui" / "templates").glob("*.html"))
ENGLISH_ALONE = {"docs.html"}
"""What describes the interface for scripts, which is English."""


@pytest.mark.parametrize(
    "template",
    [one for one in TEMPLATES if one.name not in ENGLISH_ALONE],
    ids=lambda one: one.stem,
)
def test_a_template_says_nothing_unmarked(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert list(unmarked(source)) == []
    assert list(dynamic(source)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Sign in</p>", "Sign in"),
        ('<p title="All of them">{{ x }}</p>', "All of them"),
        ('<a aria-label="Not {{ label }}">×</a>', "Not \ufffc"),
        ('<b>{{ "Older" if x else "One" }}</b>', "Older"),
        ('<b>{{ name ~ " articles" }}</b>', "articles"),
        ('<b>{{ x }} of <i>{{ _("all") }}</i></b>', "\ufffc of"),
        ("{% macro m() %}<em>said</em>{% endmacro %}", "said"),
    ],
)
def test_what_is_not_marked_is_noticed(source: str, found: str) -> None:
    assert any(found in one for one in unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Sign in") }}</p>',
        "{% trans n=x %}{{ n }} of all{% endtrans %}",
        "<code>person:Zelensky</code>",
        '<a class="{{ "chosen" if x }}" href="/search?q=troops">{{ title }}</a>',
        "<p>Dispatches · JSON</p>",
    ],
)
def test_what_needs_no_mark_is_let_pass(source: str) -> None:
    assert list(unmarked(source)) == []


def test_a_mark_takes_constants_alone() -> None:
    """What is marked is written as markup: a title of an article must not be."""
    assert list(dynamic("{{ _(article.title) }}")) == ["_"]
    assert list(dynamic('{{ _("Title") }}')) == []
