"""`dispatches dossier …`, as a person and as a script meet it, over the bundled articles."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result

from corpus.home import Home
from corpus.store.lines import Line, parsed
from search.dossiers.reports import REPORTS
from webui.cli import main


@pytest.fixture
def home(demo_home: Home, tmp_path: Path) -> Home:
    """The bundled collection with a file of dossiers of its own."""
    for name in ("catalogue.sqlite", "index"):
        (tmp_path / name).symlink_to(demo_home.path / name)
    return Home(tmp_path)


def run(home: Home, *arguments: str, code: int = 0) -> Result:
    command = ["dossier", *arguments, "--home", str(home.path)]
    result = CliRunner().invoke(main, command, env={"DISPATCHES_WHO": "Anna"})
    assert result.exit_code == code, result.output
    return result


def _json(home: Home, *arguments: str) -> Any:
    return json.loads(run(home, *arguments, "--json").stdout)


def _paragraphs(document: bytes) -> list[str]:
    """The text of a Word document, as another program reads it."""
    return [one.text for one in docx.Document(io.BytesIO(document)).paragraphs]


def _filled(home: Home) -> list[str]:
    """A dossier with every article about a bridge; their ids."""
    run(home, "create", "Bridge")
    run(home, "add", "Bridge", "--query", "bridge")
    return [item["id"] for item in _json(home, "show", "Bridge")["items"]]


def test_a_dossier_from_a_question_with_all_that_can_be_done_to_it(home: Home) -> None:
    ids = _filled(home)
    assert len(ids) > 3
    text = json.loads(
        CliRunner().invoke(main, ["show", ids[0], "--json", "--home", str(home.path)]).stdout
    )["text"]
    words = text[10:60].strip()
    run(home, "passage", "Bridge", ids[0], words, "--note", "who **saw** it?")
    run(home, "passage", "Bridge", ids[1], "--span", "3", "30")
    run(home, "note", "Bridge", "All of it.")
    run(home, "note", "Bridge", "on this one", "--about", ids[1])
    run(home, "tag", "Bridge", "photo,  eyewitness", ids[0])
    run(home, "tag", "Bridge", "PHOTO", ids[0], "--remove")
    run(home, "mark", "Bridge", "read", ids[0])
    run(home, "move", "Bridge", ids[-1])
    run(home, "rename", "Bridge", "The bridge")
    run(home, "remove", "The bridge", ids[2])

    shown = _json(home, "show", "The bridge")
    assert [item["id"] for item in shown["items"]] == [ids[-1], *ids[:2], *ids[3:-1]]
    first = shown["items"][1]
    assert (first["state"], first["tags"]) == ("read", ["eyewitness"])
    (passage,) = first["passages"]
    assert (passage["standing"], passage["now"]) == ("in_place", words)
    assert passage["notes"][0]["text"] == "who **saw** it?"
    assert text[passage["start"] : passage["end"]] == words
    printed = run(home, "show", "the bridge").stdout
    assert "who **saw** it?" in printed
    assert "#eyewitness" in printed
    assert _json(home, "list")[0]["unread"] == len(ids) - 2

    log = _json(home, "log", "The bridge")
    assert [one["action"] for one in log][:3] == ["create", "add", "quote"]
    assert {one["who"] for one in log} == {"Anna"}
    run(home, "undo", log[-1]["id"])
    assert ids[2] in [item["id"] for item in _json(home, "show", "The bridge")["items"]]
    assert "(undone)" in run(home, "log").stdout


def test_searching_inside_a_dossier(home: Home) -> None:
    ids = _filled(home)
    run(home, "note", "Bridge", "Mentions the Zwiebelturm.", "--about", ids[1])
    run(home, "tag", "Bridge", "photo", ids[2])
    run(home, "mark", "Bridge", "checked", ids[2])

    def found(*options: str) -> list[str]:
        return [item["id"] for item in _json(home, "show", "Bridge", *options)["items"]]

    assert found("--search", "zwiebelturm") == [ids[1]]
    assert found("--search", "bridge zwiebelturm") == [ids[1]]
    assert found("--search", "harpsichord") == []
    assert found("--tag", "Photo") == [ids[2]]
    assert found("--state", "checked") == [ids[2]]
    assert found("--state", "unread") == [one for one in ids if one != ids[2]]


@pytest.mark.parametrize("form", [*REPORTS])
def test_reports_hold_every_article_in_order(home: Home, form: str) -> None:
    ids = _filled(home)
    run(home, "move", "Bridge", ids[2])
    order = [ids[2], *ids[:2], *ids[3:]]
    run(home, "note", "Bridge", "<script>alert(1)</script> *so*", "--about", ids[0])

    written = run(home, "report", "Bridge", "--format", form)
    if form == "docx":
        text = "\n".join(_paragraphs(written.stdout_bytes))
        assert re.findall(r"id (\w{16})", text) == order
        assert re.findall(r"^\[(\d+)\]\t", text, re.M) == [str(n + 1) for n in range(len(ids))]
        assert "<script>alert(1)</script> *so*" in text
        return
    text = written.stdout
    match form:
        case "csl":
            records = json.loads(text)
            assert [one["id"] for one in records] == order
            assert "*so*" in next(one for one in records if one["id"] == ids[0])["note"]
            assert all(one["issued"]["date-parts"][0][0] > 2000 for one in records)
        case "csv":
            rows = list(csv.DictReader(io.StringIO(text)))
            assert [(row["number"], row["id"]) for row in rows] == [
                (str(place), one) for place, one in enumerate(order, start=1)
            ]
        case "html":
            assert re.findall(r'<li id="r(\d+)"', text) == [str(n + 1) for n in range(len(ids))]
            assert "<script>" not in text
            assert "&lt;script&gt;alert(1)&lt;/script&gt; *so*" in text
            assert "src=" not in text
        case "bib":
            assert re.findall(r"@article\{(\w+),", text) == order
        case "ris":
            assert re.findall(r"ID  - (\w+)", text) == order


def test_what_is_not_in_the_index_any_more_stays_in_the_dossier(home: Home) -> None:
    ids = _filled(home)
    content = home.dossiers.read_text(encoding="utf-8")
    lines = content.splitlines()
    line = parsed(2, lines[1].encode())
    assert isinstance(line, Line)
    other = Line(0, line.body.replace(ids[0], "goneaaaaaaaaaaaa"))
    home.dossiers.write_text(f"{lines[0]}\n{other.text}\n", encoding="utf-8")

    gone, *others = _json(home, "show", "Bridge")["items"]
    assert (gone["id"], gone["in_index"]) == ("goneaaaaaaaaaaaa", False)
    assert gone["title"]
    assert all(one["in_index"] for one in others)
    assert "not in this index any more" in run(home, "report", "Bridge").stdout
    for form in sorted({*REPORTS} - {"html", "docx"}):
        assert "goneaaaaaaaaaaaa" in run(home, "report", "Bridge", "--format", form).stdout
    document = run(home, "report", "Bridge", "--format", "docx").stdout_bytes
    assert "not in this index any more · id goneaaaaaaaaaaaa" in "\n".join(_paragraphs(document))


def test_export_and_import(home: Home, tmp_path: Path) -> None:
    ids = _filled(home)
    run(home, "note", "Bridge", "ä", "--about", ids[0])
    file = tmp_path / "bridge.jsonl"
    run(home, "export", "Bridge", "-o", str(file))
    shutil.move(home.dossiers, tmp_path / "before")

    assert "3 changes added, 0 known" in run(home, "import", str(file)).stdout
    assert "0 changes added, 3 known" in run(home, "import", str(file)).stdout
    assert _json(home, "show", "Bridge")["items"][0]["notes"][0]["text"] == "ä"
    file.write_text(file.read_text(encoding="utf-8").replace("ä", "o"), encoding="utf-8")
    result = run(home, "import", str(file), code=1)
    assert "line 3 does not have its checksum" in result.stderr


def test_damage_is_named(home: Home) -> None:
    _filled(home)
    assert "2 lines, all as written" in run(home, "check").stdout
    home.dossiers.write_bytes(home.dossiers.read_bytes() + b"<<<<<<< ours\n")
    assert "line 3 has no checksum" in run(home, "check", code=4).stdout
    assert "Set aside: line 3" in run(home, "show", "Bridge").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "nothing"], 3, "no dossier 'nothing'"),
        (["create", "Bridge"], 2, "already"),
        (["add", "Bridge"], 2, "--query"),
        (["add", "Bridge", "aaaaaaaaaaaaaaaa"], 3, "aaaaaaaaaaaaaaaa"),
        (["note", "Bridge", " "], 2, "empty"),
        (["undo", "0123456789ab"], 3, "dossier log"),
        (["mark", "Bridge", "burnt", "x"], 2, "unread"),
    ],
)
def test_errors_say_what_to_do(home: Home, arguments: list[str], code: int, message: str) -> None:
    run(home, "create", "Bridge")
    assert message in run(home, *arguments, code=code).stderr


def test_a_search_at_the_terminal_is_narrowed_by_what_is_kept(home: Home) -> None:
    ids = _filled(home)
    said = run(home, "tag", "Bridge", "photo, map", ids[0], ids[1]).stdout
    assert said.rstrip().endswith(f"{ids[0]}, {ids[1]}; photo, map")
    run(home, "mark", "Bridge", "read", ids[0])

    def found(*options: str) -> set[str]:
        command = ["search", *options, "--limit", "99", "--json", "--home", str(home.path)]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return {item["id"] for item in json.loads(result.stdout)["items"]}

    assert found("--dossier", "bridge") == found("dossier:Bridge") == set(ids)
    assert found("--tag", "PHOTO") == found("tag:photo dossier:bridge") == set(ids[:2])
    assert found("--unread", "Bridge") == set(ids[1:])
    assert found("--dossier", "bridge", "--tag-not", "photo") == set(ids[2:])
    assert not found("--dossier-not", "bridge") & set(ids)
    run(home, "remove", "Bridge", ids[2])
    assert found("--dossier", "bridge") == {*ids} - {ids[2]}
