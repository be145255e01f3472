"""Clients elsewhere are limited, all workers together; the operator sees numbers, never queries."""

from __future__ import annotations

import os
import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidParameter
from tests.webui.conftest import MadeUpCollection
from webui.app import create_app
from webui.server.limits import RateLimiter, is_loopback
from webui.server.request_queue import ARRIVED
from webui.settings import Settings

STRANGER = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def limited(collection: MadeUpCollection) -> FlaskClient:
    app = create_app(collection, per_minute=20)
    app.testing = True
    return app.test_client()


def test_a_stranger_is_told_what_is_left_and_then_to_wait(limited: FlaskClient) -> None:
    first = limited.get("/api/v1/index", environ_base=STRANGER)
    assert first.headers["RateLimit-Limit"] == "20"
    assert first.headers["RateLimit-Remaining"] == "19"
    for _ in range(19):
        assert limited.get("/api/v1/index", environ_base=STRANGER).status_code == 200
    refused = limited.get("/api/v1/index", environ_base=STRANGER)
    assert refused.status_code == 429
    assert refused.json is not None
    assert refused.json["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 3
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert limited.get("/healthz", environ_base=STRANGER).status_code == 200
    other = {"REMOTE_ADDR": "203.0.113.8"}
    assert limited.get("/api/v1/index", environ_base=other).status_code == 200


def test_an_export_counts_for_more(limited: FlaskClient) -> None:
    answer = limited.get("/api/v1/export.csv", environ_base=STRANGER)
    assert answer.headers["RateLimit-Remaining"] == "10"


def test_this_machine_has_no_limit(limited: FlaskClient) -> None:
    for _ in range(40):
        response = limited.get("/api/v1/index")
        assert response.status_code == 200
    assert "RateLimit-Limit" not in response.headers


def test_a_proxy_is_believed_only_where_one_is_said_to_be(collection: MadeUpCollection) -> None:
    claim = {"X-Forwarded-For": "203.0.113.9"}
    unbelieved = create_app(collection, per_minute=5).test_client()
    assert "RateLimit-Limit" not in unbelieved.get("/api/v1/index", headers=claim).headers
    believed = create_app(collection, per_minute=5, proxies=1).test_client()
    assert believed.get("/api/v1/index", headers=claim).headers["RateLimit-Remaining"] == "4"


def test_behind_a_proxy_everybody_has_a_limit_and_without_one_this_machine_has_none(
    collection: MadeUpCollection,
) -> None:
    unproxied = create_app(collection, per_minute=5).test_client()
    proxied = create_app(collection, per_minute=5, proxies=1).test_client()
    for untold in ("127.0.0.1", "::1", "", None):
        came = {"REMOTE_ADDR": untold}
        asked = unproxied.get("/api/v1/index", environ_overrides=came)
        assert asked.status_code == 200
        assert "RateLimit-Limit" not in asked.headers
        asked = proxied.get("/api/v1/index", environ_overrides=came)
        assert asked.status_code == 200
        assert "RateLimit-Limit" in asked.headers
    free = proxied.get("/healthz", environ_base=STRANGER)
    assert "RateLimit-Limit" not in free.headers


def test_what_is_given_back_is_one_question() -> None:
    limiter = RateLimiter(10)
    assert [limiter.take("a", now=100.0).remaining for _ in range(3)] == [9, 8, 7]
    limiter.give_back("a")
    assert limiter.take("a", now=100.0).remaining == 7
    assert limiter.take("b", now=100.0).remaining == 9


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 10)), max_size=60))
def test_no_minute_sees_more_than_twice_the_limit(steps: list[tuple[float, int]]) -> None:
    limiter = RateLimiter(30)
    now, taken = 1000.0, []
    for pause, cost in steps:
        now += pause
        allowance = limiter.take("client", cost=cost, now=now)
        assert 0 <= allowance.remaining <= 30
        if allowance.wait:
            again = limiter.take("client", cost=cost, now=now + allowance.wait)
            assert not again.wait
            now += allowance.wait
        taken.append((now, cost))
    for start, _ in taken:
        inside = sum(cost for at, cost in taken if start <= at < start + 60)
        assert inside <= 60


def test_workers_count_together() -> None:
    limiter = RateLimiter(10)
    for _ in range(4):
        worker = os.fork()
        if worker == 0:
            limiter.take("client", cost=2, now=5.0)
            os._exit(0)
        assert os.waitpid(worker, 0)[1] == 0
    assert limiter.take("client", now=5.0).remaining == 1


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.4", False),
        ("2001:db8::1", False),
        ("", False),
    ],
)
def test_what_is_this_machine(address: str, own: bool) -> None:
    assert is_loopback(address) is own


def test_neighbors_in_one_network_are_one_client() -> None:
    limiter = RateLimiter(10)
    limiter.take("2001:db8:1:2::1", now=1.0)
    assert limiter.take("2001:db8:1:2::2", now=1.0).remaining == 8
    assert limiter.take("2001:db8:1:3::1", now=1.0).remaining == 9


def test_settings_of_a_server_of_ones_own() -> None:
    read = Settings.from_environment(
        {"DISPATCHES_HOME": "/x", "DISPATCHES_PER_MINUTE": "30", "DISPATCHES_PROXIES": "1"}
    )
    assert (read.per_minute, read.proxies) == (30, 1)
    with pytest.raises(InvalidParameter, match="whole number"):
        Settings.from_environment({"DISPATCHES_HOME": "/x", "DISPATCHES_PER_MINUTE": "many"})


def test_six_hundred_a_minute_unless_asked_otherwise() -> None:
    assert Settings.from_environment({"DISPATCHES_HOME": "/x"}).per_minute == 600


def test_numbers_for_the_operator(client: FlaskClient) -> None:
    client.get("/api/v1/search?q=secret")
    client.get("/api/v1/search?q=(secret")
    client.get("/nowhere")
    response = client.get("/metrics")
    assert response.content_type.startswith("text/plain; version=0.0.4")
    text = response.text
    assert 'dispatches_requests_total{endpoint="api.search",status="200"} 1\n' in text
    assert 'dispatches_requests_total{endpoint="api.search",status="400"} 1\n' in text
    assert 'dispatches_requests_total{endpoint="none",status="404"} 1\n' in text
    assert re.search(r'dispatches_articles\{generation="[^"]+"\} 9\n', text)
    buckets = re.findall(r'endpoint="api.search",le="[^"]+"\} (\d+)', text)
    assert buckets == sorted(buckets, key=int)
    assert buckets[-1] == "2"
    assert "secret" not in text


def test_time_in_the_line_is_part_of_a_requests_time(client: FlaskClient) -> None:
    came = time.perf_counter() - 100
    client.get("/api/v1/index", environ_overrides={ARRIVED: came})
    told = re.search(
        r'request_seconds_sum\{endpoint="api.index"\} ([\d.]+)', client.get("/metrics").text
    )
    assert told
    assert float(told[1]) > 100


def test_metrics_without_an_index(app: Flask, collection: MadeUpCollection) -> None:
    collection.generations = {}
    response = app.test_client().get("/metrics")
    assert response.status_code == 200
    assert "dispatches_ready 0\n" in response.text


def client_of(address: str, *, after: str) -> int:
    """What an address has left of ten after another has asked once."""
    limiter = RateLimiter(10)
    limiter.take(after, now=1.0)
    return limiter.take(address, now=1.0).remaining


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:8000::", True),
        ("2001:db8:1:2::1", "2001:0DB8:0001:0002:0::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("2001:db8:1:2::1", "2001:db8:1:12::1", False),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.7", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("unix:", "unix:", True),
        ("unix:a", "unix:b", False),
    ],
)
def test_who_is_one_client(one: str, other: str, *, same: bool) -> None:
    assert client_of(other, after=one) == (8 if same else 9)


def test_an_allowance_is_used_up_and_comes_back_a_question_at_a_time() -> None:
    limiter = RateLimiter(10)  # one every six seconds
    first = limiter.take("a", now=100.0)
    assert (first.limit, first.remaining, first.reset, first.wait) == (10, 9, 6, 0)
    for left in range(8, -1, -1):
        assert limiter.take("a", now=100.0).remaining == left
    refused = limiter.take("a", now=100.0)
    assert (refused.remaining, refused.reset, refused.wait) == (0, 60, 6)
    assert limiter.take("a", now=105.0).wait == 1
    assert limiter.take("a", now=105.999).wait == 1
    allowed = limiter.take("a", now=106.0)
    assert (allowed.remaining, allowed.reset, allowed.wait) == (0, 60, 0)
    assert limiter.take("a", now=106.0).wait == 6
    rested = limiter.take("a", now=1000.0)
    assert (rested.remaining, rested.reset) == (9, 6)


def test_what_costs_more_takes_more_and_never_more_than_there_is() -> None:
    limiter = RateLimiter(10)
    assert limiter.take("a", cost=4, now=1.0).remaining == 6
    assert limiter.take("a", cost=7, now=1.0).wait == 6
    assert limiter.take("a", cost=6, now=1.0).remaining == 0
    assert limiter.take("b", cost=50, now=1.0).remaining == 0
    assert limiter.take("b", cost=50, now=61.0).wait == 0


def test_without_a_time_the_clock_of_the_machine_counts() -> None:
    limiter = RateLimiter(2)
    assert [limiter.take("a").wait > 0 for _ in range(3)] == [False, False, True]


def test_what_every_answer_says_of_the_limit(limited: FlaskClient) -> None:
    answer = limited.get("/api/v1/index", environ_base=STRANGER)
    told = {name: value for name, value in answer.headers if name.startswith("RateLimit")}
    assert told == {
        "RateLimit-Limit": "20", "RateLimit-Remaining": "19", "RateLimit-Reset": "3",
    }  # fmt: skip
    for path in ("/healthz", "/readyz", "/metrics", "/robots.txt", "/static/style.css"):
        assert "RateLimit-Limit" not in limited.get(path, environ_base=STRANGER).headers
    assert limited.get("/nowhere", environ_base=STRANGER).headers["RateLimit-Remaining"] == "18"
    assert limited.get("/search", environ_base=STRANGER).headers["RateLimit-Remaining"] == "17"
    assert limited.get("/api/v1/export.csv", environ_base=STRANGER).headers[
        "RateLimit-Remaining"
    ] == ("7")


def test_no_limit_is_none(collection: MadeUpCollection) -> None:
    free = create_app(collection, per_minute=0).test_client()
    for _ in range(3):
        answer = free.get("/api/v1/index", environ_base=STRANGER)
        assert answer.status_code == 200
        assert "RateLimit-Limit" not in answer.headers
