"""Evidence in the browser: packages of a dossier, a result, an article, for the operator alone."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.dossiers.replay import load
from search.output.evidence import signing
from search.output.evidence.verifying import verify
from tests.contract.made_up import made_up_documents
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_dossiers import SIGNED, TOKEN, file, operator

__all__ = ["file", "operator"]  # fixtures, used by name

FIRST, SECOND = made_up_documents()[:2]


def _package(client: FlaskClient, address: str, **form: str) -> zipfile.ZipFile:
    answer = client.post(address, data=SIGNED | form)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(io.BytesIO(answer.data))


def _told(package: zipfile.ZipFile) -> dict[str, str]:
    told: dict[str, str] = json.loads(package.read("evidence/data/about.json"))
    return told


def test_a_dossier_a_result_and_an_article_become_packages(
    operator: FlaskClient, file: Path, tmp_path: Path
) -> None:
    picked = {"article": [FIRST.article_id, SECOND.article_id], "name": "Bridge", "note": "who?"}
    assert operator.post("/dossiers/pick", data=SIGNED | picked).status_code == 303
    (dossier,) = load(file).all()
    of_dossier = f"/dossiers/{dossier.dossier_id}/evidence"
    assert f'href="{of_dossier}"' in operator.get(f"/dossiers/{dossier.dossier_id}").text
    assert 'href="/evidence?q=drone"' in operator.get("/search?q=drone").text
    of_article = f"/articles/{FIRST.article_id}/evidence"
    assert f'href="{of_article}"' in operator.get(f"/articles/{FIRST.article_id}").text
    found = operator.get("/api/v1/search?q=drone").json
    assert found is not None
    for address, ids, asked in (
        (of_dossier, [FIRST.article_id, SECOND.article_id], "dossier "),
        ("/evidence?q=drone", [one["id"] for one in found["items"]], "question drone"),
        (of_article, [FIRST.article_id], f"articles {FIRST.article_id}"),
    ):
        assert "Make the package" in operator.get(address).text
        package = _package(operator, address)
        names = package.namelist()
        for article_id in ids:
            assert f"evidence/data/articles/{article_id}/reading.txt" in names
            originals = f"evidence/data/articles/{article_id}/originals/"
            assert any(name.startswith(originals) for name in names)
        assert {name.split("/")[3] for name in names if "/articles/" in name} == set(ids)
        told = _told(package)
        assert told["Made by"] == "Anna"
        assert told["Asked for"].startswith(asked)
        assert TOKEN.encode() not in b"".join(map(package.read, names))
        package.extractall(tmp_path / asked.split()[0])
        assert verify(tmp_path / asked.split()[0] / "evidence").troubles == ()
    assert "evidence/data/dossier.jsonl" in _package(operator, of_dossier).namelist()


def test_names_are_withheld_and_originals_then_stay_out_unless_asked_for(
    operator: FlaskClient,
) -> None:
    address = f"/articles/{FIRST.article_id}/evidence"
    word = FIRST.text.split()[0]
    package = _package(operator, address, withheld=f"{word} # a remark\n\n")
    texts = {
        name: package.read(name).decode("utf-8", "replace")
        for name in package.namelist()
        if name.startswith("evidence/data/")
    }
    assert not any("/originals/" in name for name in texts)
    assert "[name withheld]" in "".join(texts.values())
    assert word not in texts[f"evidence/data/articles/{FIRST.article_id}/reading.txt"].split()
    assert _told(package)["Originals"] == "left out"
    both = _package(operator, address, withheld=word, originals="yes")
    assert any("/originals/" in name for name in both.namelist())
    without = _package(operator, address, originals="no")
    assert not any("/originals/" in name for name in without.namelist())


def test_a_package_is_signed_where_the_collection_has_a_key(
    operator: FlaskClient, file: Path
) -> None:
    address = f"/articles/{FIRST.article_id}/evidence"
    assert "It will not be signed" in operator.get(address).text
    assert "evidence/signature.bin" not in _package(operator, address, sign="1").namelist()
    signing.make_key(file.with_name("key.pem"))
    assert 'name="sign"' in operator.get(address).text
    signed = _package(operator, address, sign="1")
    assert "evidence/signature.bin" in signed.namelist()
    assert "evidence/signature.bin" not in _package(operator, address).namelist()
    file.with_name("key.pem").write_text("no key", encoding="utf-8")
    assert operator.post(address, data=SIGNED | {"sign": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"token": "wrong"}, 403),
        ({"token": ""}, 403),
        ({"who": "  "}, 400),
        ({"withheld": "a\n" * 1_001}, 400),
    ],
)
def test_who_may_not_or_asks_badly_gets_no_package(
    operator: FlaskClient, form: dict[str, str], status: int
) -> None:
    answer = operator.post(f"/articles/{FIRST.article_id}/evidence", data=SIGNED | form)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"


def test_addresses_of_nothing(operator: FlaskClient, client: FlaskClient) -> None:
    for address in ("/dossiers/none/evidence", "/articles/aaaaaaaaaaaaaaaa/evidence"):
        assert operator.get(address).status_code == 404
        assert operator.post(address, data=SIGNED).status_code == 404
    assert "nothing to put in" in operator.get("/evidence?q=zzzzzz").text
    assert operator.post("/evidence?q=zzzzzz", data=SIGNED).status_code == 404
    assert operator.get("/evidence?color=red").status_code == 400
    page = client.get("/evidence?q=drone")  # a server without a token
    assert "The operator makes packages" in page.text
    assert client.post("/evidence?q=drone", data=SIGNED).status_code == 404
    assert "Evidence package</a>" not in client.get("/search?q=drone").text


def test_a_package_with_too_many_articles_is_refused_before_it_begins(
    operator: FlaskClient, monkeypatch: pytest.MonkeyPatch, collection: MadeUpCollection
) -> None:
    monkeypatch.setattr("webui.pages.evidence.DEFAULT_LIMIT", 2)
    assert "holds 2 articles" in operator.get("/evidence").text
    refused = operator.post("/evidence", data=SIGNED)
    assert refused.status_code == 400
    assert "too many for one package" in refused.text
    assert collection.in_use == 0
