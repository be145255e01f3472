"""What a server writes down: faults with their places, and no question."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.webui.conftest import MadeUpCollection
from webui.app import create_app
from webui.server import logs


def _failing(question: str) -> str:
    names: dict[str, str] = {}
    try:
        return names[question]
    except KeyError as error:
        raise ValueError(f"no {question}") from error


@pytest.fixture(params=logs.FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _written(form: str, app: Flask, address: str) -> str:
    """What a server writes when asked."""
    kind = logs.Json() if form == "json" else logs.Text()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(kind)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        assert app.test_client().get(address).status_code == 500
    finally:
        root.removeHandler(handler)
    return stream.getvalue()


def test_a_fault_is_told_with_its_place_and_without_the_question(
    collection: MadeUpCollection, form: str
) -> None:
    app = create_app(collection)
    app.add_url_rule("/fails", view_func=lambda: _failing("Bucha witnesses"))
    written = _written(form, app, "/fails?q=Bucha+witnesses")

    assert "fault on /fails" in written
    assert "KeyError" in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "Bucha" not in written
    assert "witnesses" not in written


@given(st.text())
def test_a_line_of_json_is_one_line_whatever_is_said(message: str) -> None:
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "levelname": "ERROR"})
    line = logs.Json().format(record)
    assert line.splitlines() == [line]
    assert json.loads(line)["message"] == message


def test_loggers_of_ours_and_of_the_server_write_to_standard_error(form: str) -> None:
    found = logs.config(form)
    assert found["handlers"]["console"]["stream"] == "ext://sys.stderr"
    assert found["handlers"]["access"]["class"] == "logging.NullHandler"
    made = logging.config.DictConfigurator({"version": 1, **found})
    formatter = made.configure_formatter(found["formatters"]["generic"])
    assert isinstance(formatter, logs.Json if form == "json" else logs.Text)
    assert "disk full" in formatter.format(logging.makeLogRecord({"msg": "disk full"}))
