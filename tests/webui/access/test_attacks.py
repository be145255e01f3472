"""Attacks on people who are signed in: whatever address there is, whatever is sent to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from corpus.home import Home
from search.dossiers.replay import load
from tests.conftest import ROOT
from tests.contract.made_up import made_up_documents
from tests.webui.access.conftest import NAMES, PASSWORD, form_key, sign_in
from tests.webui.conftest import MadeUpCollection
from webui.access import guard, passwords, store
from webui.access.guard import NEEDS, OPEN, Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.access.sessions import IDLE, LONGEST, Sessions
from webui.access.tokens import Tokens
from webui.app import create_app

SignedIn = Callable[[Role], FlaskClient]
ARTICLE = made_up_documents()[0]
_READING = {"GET", "HEAD", "OPTIONS"}


def _addresses(app: Flask, *, changing: bool) -> Iterator[tuple[str, str, Rule]]:
    """Every address that is no door, with a method that reads, or each one that changes."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        given = dict.fromkeys(rule.arguments, "1")
        built = app.url_map.bind("localhost").build(
            rule.endpoint, given, method=min((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"})
        )
        methods = (
            (rule.methods or set()) - _READING if changing else {"GET"} & set(rule.methods or ())
        )
        for method in methods:
            yield method, built, rule


def test_nothing_answers_to_nobody(guarded: Flask) -> None:
    client, asked = guarded.test_client(), 0
    for method, address, _ in [
        *_addresses(guarded, changing=False),
        *_addresses(guarded, changing=True),
    ]:
        answer = client.open(address, method=method)
        assert answer.status_code in ({303, 401} if method == "GET" else {401}), address
        assert not any(one.title in answer.text for one in made_up_documents())
        if answer.status_code == 303:
            assert answer.headers["Location"].startswith("/sign-in?next=/")
        asked += 1
    assert asked > 40
    assert client.get("/no-such-address").status_code == 303
    assert client.get("/healthz").text == "ok\n"
    with client.get("/static/icon.svg") as icon:
        assert icon.status_code == 200


def test_every_change_needs_its_role_and_no_less(guarded: Flask, signed_in: SignedIn) -> None:
    """A new address that changes something is in the table, or this fails."""
    clients = {role: signed_in(role) for role in Role}
    keys = {role: form_key(client) for role, client in clients.items()}
    changing = list(_addresses(guarded, changing=True))
    assert {rule.endpoint for _, _, rule in changing} <= NEEDS.keys()
    assert len(changing) >= 7
    for method, address, rule in changing:
        if rule.endpoint == guard.SIGN_OUT:
            continue
        needed = NEEDS[rule.endpoint]
        for role, client in clients.items():
            key = {"X-Form-Key": keys[role]}
            answer = client.open(address, method=method, headers=key)
            assert (answer.status_code == 403) == (role < needed), (address, role)
            if role < needed:
                assert f"needs the role {needed.word}" in answer.text


def test_figures_of_the_server_are_the_operators(signed_in: SignedIn) -> None:
    assert signed_in(Role.OPERATOR).get("/metrics").status_code == 200
    assert signed_in(Role.DECIDER).get("/metrics").status_code == 403


def test_no_form_of_another_counts(guarded: Flask, signed_in: SignedIn, home: Home) -> None:
    anna, derya = signed_in(Role.ANNOTATOR), signed_in(Role.DECIDER)
    form = {"name": "Bridge", "who": "Somebody else"}
    for method, address, rule in _addresses(guarded, changing=True):
        for key in ("", "0" * 64, form_key(anna), "é"):  # none, wrong, another session's
            assert derya.open(address, method=method, data={"form_key": key}).status_code == 403
            answer = derya.open(address, method=method, headers={"X-Form-Key": key.strip("é")})
            assert answer.status_code == 403, rule
    right = form_key(anna)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        foreign = anna.post("/dossiers", data=form | {"form_key": right}, headers=headers)
        assert foreign.status_code == 403
    assert not load(home.dossiers).all()
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert anna.post("/dossiers", data=form | {"form_key": right}, headers=ours).status_code == 303
    (made,) = load(home.dossiers).all()
    assert made.name == "Bridge"
    assert made.who == "Anna"  # whatever the form says


def test_every_form_that_changes_something_carries_a_key() -> None:
    forms = 0
    for template in (ROOT / "webui" / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
            forms += 1
            assert re.search(r'"form_key"|_signing\.html"', form), template.name
    assert forms >= 9
    for name in ("keeping_signing", "decision_signing"):
        text = (ROOT / "webui" / "templates" / f"{name}.html").read_text(encoding="utf-8")
        assert re.search(r'"form_key"|"keeping_signing\.html"', text)


def test_signing_in_from_another_site_is_refused(guarded: Flask) -> None:
    """Else a site could sign somebody in as the attacker, and read what they note."""
    client = guarded.test_client()
    form = {"name": "Anna", "password": PASSWORD}
    assert "grown old" in client.post("/sign-in", data=form).text
    key = form_key(client)
    stranger = guarded.test_client()  # has no cookie that the key belongs to
    assert stranger.post("/sign-in", data=form | {"form_key": key}).status_code == 403
    assert client.post("/sign-in", data=form | {"form_key": key}).status_code == 303


def test_a_session_is_never_one_that_the_browser_brought(guarded: Flask, home: Home) -> None:
    client = guarded.test_client()
    client.set_cookie("dispatches", "chosen-by-the-attacker")
    assert client.get("/search").status_code == 303
    sign_in(client, "Anna")
    first = client.get_cookie("dispatches")
    assert first is not None
    assert first.value != "chosen-by-the-attacker"
    sign_in(client, "Derya")
    second = client.get_cookie("dispatches")
    assert second is not None
    assert second.value != first.value
    stolen = guarded.test_client()
    stolen.set_cookie("dispatches", first.value)
    assert stolen.get("/search").status_code == 303  # it ended when another began in its place
    with store.reading(home.people) as database:
        kept = str(database.rows("SELECT * FROM sessions"))
    assert second.value not in kept


def test_cookies_are_no_scripts_and_no_other_sites(guarded: Flask) -> None:
    client = guarded.test_client()
    key = form_key(client)
    form = {"form_key": key, "name": "Anna", "password": PASSWORD}
    for cookie in client.post("/sign-in", data=form).headers.getlist("Set-Cookie"):
        assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
        assert "Secure" not in cookie.split("; ")
    secure = guarded.test_client()
    key = form_key(secure, base_url="https://localhost")
    answer = secure.post("/sign-in", base_url="https://localhost", data=form | {"form_key": key})
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-dispatches=")
    assert {"HttpOnly", "Path=/", "SameSite=Strict", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    shown = secure.get("/search", base_url="https://localhost")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"


def test_guesses_are_slowed_down_for_a_name_and_for_an_address(guarded: Flask) -> None:
    def guess(name: str, address: str, password: str = "no idea at all") -> int:
        client = guarded.test_client()
        place = {"REMOTE_ADDR": address}
        key = form_key(client, environ_base=place)
        form = {"form_key": key, "name": name, "password": password}
        answer = client.post("/sign-in", data=form, environ_base=place)
        assert answer.status_code != 429 or int(answer.headers["Retry-After"]) > 0
        return answer.status_code

    said = [guess("Anna", "192.0.2.1") for _ in range(6)]
    assert said == [403] * 5 + [429]
    assert guess("Anna", "192.0.2.1", PASSWORD) == 429  # not even the right one, for a while
    assert guess(" ANNA ", "192.0.2.1") == 429  # the same name
    assert guess("Anna", "192.0.2.2", PASSWORD) == 303  # whoever is elsewhere is not locked out
    said = [guess(f"name {number}", "192.0.2.1") for number in range(20)]
    assert said[-1] == 429  # an address that tries many names
    assert 403 in said
    said = [guess("Derya", f"198.51.100.{number}") for number in range(31)]
    assert said == [403] * 30 + [429]  # one name from many addresses
    assert guess("Rosa", "203.0.113.9", PASSWORD) == 303


def test_right_passwords_are_not_slowed_down(guarded: Flask) -> None:
    for _ in range(25):
        sign_in(guarded.test_client(), "Anna")


def test_names_cannot_be_told_from_how_long_a_refusal_takes(
    guarded: Flask, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether there is such a name, is none, or is disabled: one comparison, of the same cost."""
    with store.writing(home.people) as database:
        People(database).change("Rosa", disabled=True)
    compared: list[str] = []
    hasher = passwords._hasher()
    parameters = [passwords.nobodys(), hasher.hash("another")]
    assert len({one.rpartition("$")[0].rpartition("$")[0] for one in parameters}) == 1

    class Counting:
        def verify(self, kept: str, given: bytes) -> bool:
            compared.append(kept)
            return bool(hasher.verify(kept, given))

    monkeypatch.setattr(passwords, "_hasher", Counting)
    said = set()
    for name, password in (("Anna", "wrong"), ("Nobody", "wrong"), ("Rosa", PASSWORD), ("", "")):
        client = guarded.test_client()
        form = {"form_key": form_key(client), "password": password, "name": name}
        answer = client.post("/sign-in", data=form)
        shown = answer.text.replace(f'value="{name}"', "").replace(form["form_key"], "")
        said.add((answer.status_code, shown))
        assert len(compared) == 1
        compared.clear()
    assert len(said) == 1


def test_signing_in_leads_nowhere_else(guarded: Flask) -> None:
    client = guarded.test_client()
    for wanted in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/a\\b",
        "/\n/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "",
    ):
        form = {"form_key": form_key(client), "name": "Anna", "password": PASSWORD, "next": wanted}
        assert client.post("/sign-in", data=form).headers["Location"] == "/search", wanted


def test_signing_in_leads_back(guarded: Flask) -> None:
    client = guarded.test_client()
    sent = client.get("/search?q=caf%C3%A9+drone&sort=newest").headers["Location"]
    shown = client.get(sent).text
    assert 'name="next" value="/search?q=caf%C3%A9+drone&amp;sort=newest"' in shown


def test_what_ends_a_session_ends_it_at_once(
    guarded: Flask, signed_in: SignedIn, home: Home
) -> None:
    anna, elsewhere = signed_in(Role.ANNOTATOR), signed_in(Role.ANNOTATOR)
    cookie = anna.get_cookie("dispatches")
    assert cookie is not None
    out = anna.post("/sign-out", data={"form_key": form_key(anna, "/search")})
    assert out.status_code == 303
    assert out.headers["Clear-Site-Data"]
    anna.set_cookie("dispatches", cookie.value)  # as a thief, or another tab, would
    assert anna.get("/search").status_code == 303
    assert elsewhere.get("/search").status_code == 200
    with store.writing(home.people) as database:
        People(database).change("anna", password="another of twelve")
    assert elsewhere.get("/search").status_code == 303
    sign_in(elsewhere, "Anna", "another of twelve")
    with store.writing(home.people) as database:
        People(database).change("Anna", disabled=True)
    assert elsewhere.get("/search").status_code == 303
    sign_in(elsewhere, "Anna", "another of twelve", 403)
    with store.writing(home.people) as database:
        People(database).change("Anna", disabled=False)
    assert elsewhere.get("/search").status_code == 303  # what ended does not come back


def test_a_lesser_role_counts_for_sessions_that_began_before(
    signed_in: SignedIn, home: Home
) -> None:
    anna = signed_in(Role.ANNOTATOR)
    form = {"form_key": form_key(anna), "name": "Bridge"}
    assert "Begin a dossier" in anna.get("/dossiers").text
    with store.writing(home.people) as database:
        People(database).change("Anna", role=Role.READER)
    assert anna.post("/dossiers", data=form).status_code == 403
    assert "Begin a dossier" not in anna.get("/dossiers").text


def test_sessions_end_by_themselves(home: Home) -> None:
    with store.writing(home.people) as database:
        sessions, anna = Sessions(database), People(database).find("Anna")
        one = sessions.begin(anna, now=0.0)
        assert sessions.person(one, now=IDLE - 1) == (anna.__class__("Anna", anna.role), True)
        assert sessions.person(one, now=IDLE) is None
        for hours in range(0, LONGEST, IDLE - 1):
            sessions.use(one, now=hours)
        assert sessions.person(one, now=LONGEST - 1)
        assert sessions.person(one, now=LONGEST) is None
        sessions.begin(anna, now=LONGEST + 1.0)
        assert database.value("SELECT count(*) FROM sessions") == 1


def test_nobody_gets_in_where_the_file_of_people_is_damaged_or_gone(
    guarded: Flask, signed_in: SignedIn, home: Home
) -> None:
    client, outside = signed_in(Role.READER), guarded.test_client()
    assert outside.get("/search").status_code == 303
    whole = home.people.read_bytes()
    home.people.write_bytes(b"x" * len(whole))
    assert client.get("/search").status_code == 500
    home.people.unlink()
    assert client.get("/search").status_code == 400
    assert outside.get("/search").status_code == 303
    home.people.write_bytes(whole)
    assert client.get("/search").status_code == 200


def test_who_must_sign_in_is_known_without_a_restart(
    collection: MadeUpCollection, home: Home
) -> None:
    whole = home.people.read_bytes()
    home.people.unlink()
    client = create_app(collection, people=Guard(home)).test_client()
    assert client.get("/search").status_code == 200
    assert client.get("/sign-in").status_code == 404
    assert "No cookies" in client.get("/search").text
    home.people.write_bytes(whole)
    assert client.get("/search").status_code == 303
    required = create_app(collection, people=Guard(home, required=True))
    home.people.unlink()
    assert required.test_client().get("/search").status_code == 303


def test_a_signed_in_person_signs_whatever_they_change(
    guarded: Flask, signed_in: SignedIn, home: Home
) -> None:
    derya = signed_in(Role.DECIDER)
    entity = "per-oduya"
    page = derya.get(f"/entities/{entity}").text
    assert "Signed: <bdi>Derya</bdi>" in page
    assert 'name="token"' not in page
    form = {"form_key": form_key(derya), "action": "alias", "alias": "The old man", "who": "Zoe"}
    assert derya.post(f"/entities/{entity}/decisions", data=form).status_code == 303
    lines = home.decisions.read_text(encoding="utf-8")
    assert "Derya" in lines
    assert "Zoe" not in lines
    anna = signed_in(Role.ANNOTATOR)
    assert "Decide" not in anna.get(f"/entities/{entity}").text
    asked = {"form_key": form_key(anna), "name": "Drones", "asked": "q=drone", "do": "keep"}
    assert anna.post("/watch", data=asked | {"who": "Zoe"}).status_code == 303
    assert '"Anna"' in home.questions.read_text(encoding="utf-8")
    key = {"X-Form-Key": form_key(anna)}
    body = {"changes": [{"action": "create", "name": "By script"}], "who": "Zoe"}
    assert anna.post("/api/v1/dossiers", json=body, headers=key).status_code == 201
    assert [one.who for one in load(home.dossiers).all()] == ["Anna"]
    del key["X-Form-Key"]
    assert anna.post("/api/v1/dossiers", json=body, headers=key).status_code == 403


def test_a_token_stands_for_its_person_and_no_more(guarded: Flask, home: Home) -> None:
    with store.writing(home.people) as database:
        tokens = Tokens(database)
        reading, text = tokens.make("Anna", Role.READER, note="nightly")
        _, writing = tokens.make("Anna")
        assert text not in str(database.rows("SELECT * FROM tokens"))
    client = guarded.test_client()
    body = {"changes": [{"action": "create", "name": "By script"}]}

    def status(text: str, method: str = "GET", address: str = "/api/v1/search", **more: Any) -> int:
        bearer = {"Authorization": f"Bearer {text}"}
        answer = client.open(address, method=method, headers=bearer, **more)
        assert "Set-Cookie" not in answer.headers
        return answer.status_code

    assert status(text) == 200
    assert status(text, "POST", "/api/v1/dossiers", json=body) == 403
    assert status(writing, "POST", "/api/v1/dossiers", json=body) == 201
    assert [one.who for one in load(home.dossiers).all()] == ["Anna"]
    assert status(text, "GET", "/metrics") == 403
    with store.writing(home.people) as database:
        People(database).change("Anna", role=Role.READER)
    assert status(writing, "POST", "/api/v1/dossiers", json=body) == 403  # no more than she may now
    with store.writing(home.people) as database:
        Tokens(database).revoke(reading.id)
    assert status(text) == 401
    assert status(writing) == 200
    with store.writing(home.people) as database:
        People(database).change("Anna", disabled=True)
        assert {one.state for one in Tokens(database).all()} == {"revoked", "disabled"}
    assert status(writing) == 401
    refused = client.get("/api/v1/search")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert refused.json is not None
    assert refused.json["code"] == "unauthorized"


def test_a_token_expires(home: Home) -> None:
    with store.writing(home.people) as database:
        token, text = Tokens(database).make("Olga", days=1)
        made = database.value("SELECT made FROM tokens")
        assert Tokens(database).person(text, now=made + 86_399)
        assert Tokens(database).person(text, now=made + 86_400) is None
        database.write("UPDATE tokens SET expires = made")
        assert Tokens(database).find(token.id).state == "expired"


def test_wrong_tokens_are_throttled_and_right_ones_go_on(guarded: Flask, home: Home) -> None:
    with store.writing(home.people) as database:
        token, text = Tokens(database).make("Anna")
    wrong = f"dispatches-{token.id}-{'A' * 43}"
    client = guarded.test_client()

    def status(text: str, address: str) -> int:
        bearer = {"Authorization": f"Bearer {text}"}
        place = {"REMOTE_ADDR": address}
        return client.get("/api/v1/search", headers=bearer, environ_base=place).status_code

    for garbled in ("", "x", text[:-1], f"{text}A", text.upper(), "dispatches--"):
        assert status(garbled, "192.0.2.7") == 401
    assert [status(wrong, f"198.51.100.{one}") for one in range(21)] == [401] * 20 + [429]
    with store.writing(home.people) as database:
        _, other = Tokens(database).make("Derya")
    assert status(other, "198.51.100.1") == 200
    assert {status("x", "192.0.2.7") for _ in range(20)} == {401, 429}
    assert [status(other, "192.0.2.8") for _ in range(50)] == [200] * 50


def test_a_proxy_says_whom_it_has_signed_in(collection: MadeUpCollection, home: Home) -> None:
    client, unbelieved = (
        create_app(
            collection, people=Guard(home, header="X-Remote-User"), proxies=proxies
        ).test_client()
        for proxies in (1, 0)
    )
    collection.kept = home.dossiers
    place = {"REMOTE_ADDR": "127.0.0.1"}

    def headers(name: str) -> dict[str, str]:
        return {"X-Remote-User": name, "X-Forwarded-For": "203.0.113.4"}

    def status(client: FlaskClient, name: str, peer: str = "127.0.0.1") -> int:
        at = {"REMOTE_ADDR": peer}
        return client.get("/dossiers", headers=headers(name), environ_base=at).status_code

    assert [status(client, name) for name in ("Anna", " anna ")] == [200, 200]
    assert [status(client, name) for name in ("Nobody", "Anna,Olga")] == [403, 403]
    assert status(client, "") == 303
    assert status(client, "Anna", "192.0.2.1") == 303  # no proxy that was named
    assert status(unbelieved, "Anna") == 303

    form = {"name": "Bridge"}
    told: dict[str, Any] = {"headers": headers("Anna"), "environ_base": place}
    assert client.post("/dossiers", data=form, **told).status_code == 403
    form["form_key"] = form_key(client, "/dossiers", **told)
    assert client.post("/dossiers", data=form, **told).status_code == 303
    assert [one.who for one in load(home.dossiers).all()] == ["Anna"]
    with store.writing(home.people) as database:
        People(database).change("Anna", disabled=True)
    assert status(client, "Anna") == 403


def test_signed_in_people_see_who_they_are(signed_in: SignedIn) -> None:
    for role, name in NAMES.items():
        shown = signed_in(role).get("/search").text
        assert f"<bdi>{name}</bdi>" in shown
        assert 'action="/sign-out"' in shown
        assert "One cookie to stay signed in" in shown
