"""What has to be written where for one more export format, and for one more facet?

Each runs in a process of its own, as tables are read when modules are imported.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_FORMAT = """
from search.output.export_format import ExportFormat

FORMAT = ExportFormat(
    name="titles",
    label="Titles alone",
    summary="titles, one a line",
    media_type="text/x-titles; charset=utf-8",
    place=9,
    head="TITLES\\n",
    article=lambda hit: hit.document.title + "\\n",
    tail=lambda origin, written: origin.closing(written) + "\\n",
    reference=lambda document: "Title: " + document.title,
)
"""
_ARTICLES = (
    {
        "id": "a",
        "url": "https://ledger.example/a",
        "title": "Shells fall on the harbor",
        "outlet": "Ledger",
        "authors": ["Marta Oliveri"],
        "date": "2024-03-04",
        "text": "Shells fell on the harbor on Monday, officials said. Nobody was hurt.",
    },
    {
        "id": "b",
        "url": "https://ledger.example/b",
        "title": "The harbor opens again",
        "outlet": "Ledger",
        "authors": ["Ibrahim Sow"],
        "date": "2024-03-09",
        "text": "Ships came into the harbor again on Saturday, five days after the shelling.",
    },
)
_START = """
import json
import sys
from pathlib import Path

from click.testing import CliRunner

from corpus.home import Home
from webui.app import create_app
from webui.cli import main
from webui.collection import open_collection

folder = Path(sys.argv[1])
home = folder / "home"


def command(*arguments):
    done = CliRunner().invoke(main, [*arguments, "--home", str(home)])
    return {"code": done.exit_code, "stdout": done.stdout, "stderr": done.stderr}


assert command("add", str(folder / "articles.jsonl"))["code"] == 0
rebuilt = command("rebuild")
assert rebuilt["code"] == 0, rebuilt
client = create_app(open_collection(Home(home))).test_client()


def text(address):
    answer = client.get(address)
    return {"status": answer.status_code, "type": answer.content_type, "text": answer.text}
"""


def results(folder: Path, before: str, after: str) -> dict[str, Any]:
    """What a program printed that changed a table, and then used what is made of it."""
    lines = "".join(json.dumps(article) + "\n" for article in _ARTICLES)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", before + _START + after, str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    answers: dict[str, Any] = json.loads(ran.stdout)
    return answers


@pytest.mark.slow
def test_one_file_adds_an_export_format(tmp_path: Path) -> None:
    (tmp_path / "titles.py").write_text(_FORMAT, encoding="utf-8")
    found = results(
        tmp_path,
        "import sys; from search.output import formats; formats.__path__.append(sys.argv[1])\n",
        """
first = client.get("/api/v1/search").json
article = first["items"][0]["id"]
print(json.dumps({
    "links": first["links"],
    "export": text("/api/v1/export.titles?sort=oldest"),
    "described": client.get("/api/openapi.json").json["paths"]["/api/v1/export.titles"]["get"],
    "page": text("/search")["text"],
    "article": text("/articles/" + article)["text"],
    "reference": text("/articles/" + article + "/citation.titles")["text"],
    "command": command("export", "opens", "--format", "titles"),
    "help": command("export", "--help")["stdout"],
    "address": "/articles/" + article + "/citation.titles",
}))
""",
    )
    head, *titles, tail = found["export"]["text"].splitlines()
    assert head == "TITLES"
    assert titles == [article["title"] for article in _ARTICLES]
    assert tail.startswith("# complete: 2 of 2 articles")
    assert found["export"]["type"] == "text/x-titles; charset=utf-8"
    assert found["links"]["titles"] == "/api/v1/export.titles"
    assert "titles, one a line" in found["described"]["summary"]
    assert "text/x-titles" in found["described"]["responses"]["200"]["content"]
    assert (
        '<a href="/api/v1/export.titles" rel="nofollow" download>Titles alone</a>'
        in (found["page"])
    )
    assert f'<a href="{found["address"]}">Titles alone</a>' in found["article"]
    assert found["reference"].startswith("Title: ")
    head, title, tail = found["command"]["stdout"].splitlines()
    assert (head, title) == ("TITLES", "The harbor opens again")
    assert tail.startswith("# complete: 1 of 1")
    assert "titles" in found["help"]


@pytest.mark.slow
def test_one_line_of_the_table_adds_a_facet(tmp_path: Path) -> None:
    found = results(
        tmp_path,
        """
from indexer import schema

schema.FACET_FIELDS["byline"] = schema.FacetField(
    name="byline", title="Writers", source="bylines", mistaken=("reporter",)
)
schema.FACETS = tuple(schema.FACET_FIELDS)
""",
        """
described = client.get("/api/openapi.json").json["paths"]["/api/v1/search"]["get"]["parameters"]


def titles(question):
    return [one["title"] for one in client.get("/api/v1/search?" + question).json["items"]]


print(json.dumps({
    "counts": client.get("/api/v1/search?facet=byline").json["facets"]["byline"],
    "values": client.get("/api/v1/facets/byline").json["values"],
    "any": titles("byline=Marta+Oliveri"),
    "not": titles("byline_not=Marta+Oliveri"),
    "asked": titles('q=byline:"Ibrahim Sow"'),
    "advice": client.get("/api/v1/search?q=reporter:Sow").json["detail"],
    "page": text("/search")["text"],
    "all": text("/facets/byline")["text"],
    "described": [one["name"] for one in described],
    "command": command("export", "--byline-not", "Ibrahim Sow", "--format", "csv")["stdout"],
}))
""",
    )
    for counted in (found["counts"], found["values"]):
        assert {(one["id"], one["count"]) for one in counted} == {
            ("Marta Oliveri", 1),
            ("Ibrahim Sow", 1),
        }
    shells, opens = (article["title"] for article in _ARTICLES)
    assert found["any"] == [shells]
    assert found["not"] == [opens]
    assert found["asked"] == [opens]
    assert "byline:" in found["advice"]
    assert "Writers" in found["page"]
    assert "byline=Marta+Oliveri" in found["page"] or 'name="byline"' in found["page"]
    assert "Writers" in found["all"]
    assert "Ibrahim Sow" in found["all"]
    assert {"byline", "byline_all", "byline_not"} <= set(found["described"])
    header, row, _ = csv.reader(io.StringIO(found["command"]))
    assert dict(zip(header, row, strict=True))["byline"] == "Marta Oliveri"
