"""`dispatches clean` shows what the cleaner saw, and stores nothing."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.corpus.cleaner.pages import page
from webui.cli import main

KEYS = {
    "path", "url", "kind", "title", "bylines", "outlet", "language", "published", "modified", "text",
    "captions", "removed", "quality", "error",
}  # fmt: skip


def test_one_json_object_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.html").write_text(
        "<html><body><script>x()</script></body></html>", encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["clean", str(tmp_path), "--format", "jsonl"])
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(objects) == 2
    good = next(found for found in objects if found["error"] is None)
    assert good.keys() >= KEYS
    assert good["title"] == "Shelling hits market"
    bad = next(found for found in objects if found["error"] is not None)
    assert bad["error"]["code"] == "no_article_found"


def test_a_page_from_standard_input_with_its_address() -> None:
    arguments = ["clean", "-", "--url", "https://example.org/2024/05/02/market"]
    result = CliRunner().invoke(main, arguments, input=page())
    assert result.exit_code == 0
    assert "2024-05-02  [day, url]" in result.stdout


def test_the_page_form_escapes_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        page(body="<p>One &lt;script&gt; of many, told in a long line of text.</p>" * 2)
    )
    result = CliRunner().invoke(main, ["clean", str(path), "--format", "html"])
    assert result.exit_code == 0
    assert "<script>" not in result.stdout
    assert "&lt;script&gt;" in result.stdout
