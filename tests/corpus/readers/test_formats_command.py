"""`dispatches formats`: everything that is read is listed, and what is only named."""

from __future__ import annotations

import json

from click.testing import CliRunner

from corpus.readers.cli import formats_command
from corpus.readers.formats import READ, Format
from corpus.readers.unread import named

_NO_DOCUMENTS = {Format.EMPTY, Format.UNKNOWN, Format.SITEMAP}


def test_every_format_is_listed_once() -> None:
    assert set(READ) == set(Format) - _NO_DOCUMENTS
    names = [name for name, _ in READ.values()]
    assert len(set(names)) == len(names)


def test_the_command_prints_both_lists_for_people_and_for_scripts() -> None:
    told = CliRunner().invoke(formats_command).output
    listed = json.loads(CliRunner().invoke(formats_command, ["--json"]).output)

    for name, read_as in READ.values():
        assert name in told
        assert {"name": name, "read_as": read_as} in listed["read"]
    assert "RAR archive" in " ".join(told.split())  # lines are broken anywhere
    assert listed["named"] == named()
