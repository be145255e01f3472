"""Evidence where people sign in: the operator alone makes packages, under the own name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.contract.made_up import made_up_documents
from tests.webui.access.conftest import NAMES, form_key
from webui.access.roles import Role

ADDRESS = f"/articles/{made_up_documents()[0].article_id}/evidence"


@pytest.mark.parametrize("role", [Role.READER, Role.ANNOTATOR, Role.DECIDER])
def test_others_see_no_form_and_get_no_package(
    signed_in: Callable[[Role], FlaskClient], role: Role
) -> None:
    client = signed_in(role)
    assert "The operator makes packages" in client.get(ADDRESS).text
    answer = client.post(ADDRESS, data={"form_key": form_key(client, "/search")})
    assert answer.status_code == 403
    assert "needs the role operator" in answer.text


def test_the_operator_makes_one_under_the_own_name(
    signed_in: Callable[[Role], FlaskClient],
) -> None:
    client = signed_in(Role.OPERATOR)
    assert client.post(ADDRESS, data={"who": "Somebody"}).status_code == 403  # from elsewhere
    form = {"form_key": form_key(client, ADDRESS), "who": "Somebody", "token": "any"}
    answer = client.post(ADDRESS, data=form)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        told = json.loads(package.read("evidence/data/about.json"))
    assert told["Made by"] == NAMES[Role.OPERATOR]
    assert answer.headers["Cache-Control"] == "no-store"
