"""Collecting from servers that misbehave in every way: politely, safely, and never twice."""

from __future__ import annotations

import gzip
import ipaddress
import os
import signal
import socket
import sys
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.collecting import Fetcher, Limits, Wishes, collect
from corpus.collecting.listings import Named, addresses_in, is_listing
from corpus.collecting.safety import is_public, target_of
from corpus.errors import CollectError, InputError, UnsafeInput, UnsupportedFormat
from corpus.intake.report import IngestReport
from corpus.soundness import CUT_OFF
from corpus.store import Catalogue
from tests.corpus.collecting.misbehaving import Asked, Reply, serving
from tests.corpus.intake.test_ingest import page
from tests.corpus.readers.test_posts import CHANNEL_PAGE

QUICK = Limits(connect=2.0, silence=1.0, whole=1.0, size=200_000, redirects=3, tries=2)


def html(title: str, **headers: str) -> Reply:
    return Reply(
        page(title).encode(), headers={"Content-Type": "text/html; charset=utf-8"} | headers
    )


def feed(*links: str) -> Reply:
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
    content = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"
    return Reply(content.encode(), headers={"ETag": '"feed-1"'})


class Waits:
    """Stands in for sleeping, and notes for how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


ONCE = Limits(tries=1)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def fetcher(waits: Waits) -> Fetcher:
    return Fetcher(delay=0.0, allow_private=True, limits=QUICK, wait=waits)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as opened:
        yield opened


def gather(
    catalogue: Catalogue, fetcher: Fetcher, *starts: str | Path, **wishes: Any
) -> IngestReport:
    return collect(starts, catalogue, fetcher, wishes=Wishes(threads=2, **wishes))


def test_pages_are_kept_with_the_headers_they_came_with(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    with serving(lambda asked: html("Bridge", **{"X-Served-By": "one"})) as server:
        report = gather(catalogue, fetcher, f"{server.base}/a")

    assert report.articles == 1
    (stored,) = catalogue.articles()
    (sighting,) = catalogue.sightings(stored.article.article_id)
    assert sighting.url == sighting.locator == f"{server.base}/a"
    assert sighting.headers["x-served-by"] == "one"
    assert server.asked[-1].headers["user-agent"].startswith("Dispatches/")


def test_a_feed_is_followed_and_no_page_fetched_twice(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path != "/feed":
            return html(asked.path)
        if asked.headers.get("if-none-match") == '"feed-1"':
            return Reply(status=304)
        return feed("/1", "/2", "/2")

    with serving(replies) as server:
        first = gather(catalogue, fetcher, f"{server.base}/feed", limit=1)
        second = gather(catalogue, fetcher, f"{server.base}/feed")
        third = gather(catalogue, fetcher, f"{server.base}/feed")

    assert [(r.articles, r.duplicates) for r in (first, second, third)] == [(1, 0), (1, 1), (0, 2)]
    assert sorted(server.pages_asked) == ["/1", "/2", "/feed", "/feed", "/feed"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_sitemap_of_text_is_followed(
    encoding: str, catalogue: Catalogue, fetcher: Fetcher
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path != "/sitemap.txt":
            return html(asked.path)
        listed = "".join(f"http://{asked.headers['host']}/{n}?a,b\r\n" for n in range(3))
        return Reply(listed.encode(encoding), headers={"Content-Type": "text/plain"})

    with serving(replies) as server:
        report = gather(catalogue, fetcher, f"{server.base}/sitemap.txt")

    assert (report.articles, report.failures) == (3, 0)


def test_a_text_that_names_addresses_is_no_sitemap() -> None:
    listed = b"https://h.example/1\nhttps://h.example/2\n"

    assert is_listing(b"# remark\n\n" + listed)
    assert is_listing(listed * 10_000)
    assert not is_listing(b"See what was said:\n" + listed)
    assert not is_listing(b"")


def test_a_limit_ends_the_reading_of_a_huge_sitemap(
    catalogue: Catalogue, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def addresses(content: bytes, *, base: str = "") -> Iterator[Named]:
        for named in addresses_in(content, base=base):
            read.append(named.url)
            yield named

    monkeypatch.setattr(sys.modules["corpus.collecting.collect"], "addresses_in", addresses)

    def replies(asked: Asked) -> Reply:
        if asked.path != "/sitemap.xml":
            return html(asked.path)
        base = f"http://{asked.headers['host']}"
        listed = "".join(f"<url><loc>{base}/{n}</loc></url>" for n in range(3_000))
        return Reply(f"<urlset>{listed}</urlset>".encode())

    with serving(replies) as server:
        report = gather(catalogue, fetcher, f"{server.base}/sitemap.xml", limit=4)

    assert report.articles == 4
    assert len(read) == 5  # and the one at which it was full


@pytest.mark.parametrize("limit", [1, 5, 12])
def test_a_limit_counts_pages_however_many_listings_name_them(
    catalogue: Catalogue, fetcher: Fetcher, limit: int
) -> None:
    def replies(asked: Asked) -> Reply:
        base = f"http://{asked.headers['host']}"
        if asked.path == "/sitemap.xml":
            parts = "".join(f"<sitemap><loc>{base}/part/{n}</loc></sitemap>" for n in range(30))
            return Reply(f"<sitemapindex>{parts}</sitemapindex>".encode(), headers={"ETag": '"1"'})
        if asked.path.startswith("/part/"):
            listed = "".join(f"<url><loc>{base}{asked.path}/{n}</loc></url>" for n in range(10))
            listed = listed.replace("/part/", "/page/")
            return Reply(f"<urlset>{listed}</urlset>".encode())
        return html(asked.path)

    with serving(replies) as server:
        first = gather(catalogue, fetcher, f"{server.base}/sitemap.xml", limit=limit)
        parts = [one.path for one in server.asked if one.path.startswith("/part/")]
        second = gather(catalogue, fetcher, f"{server.base}/sitemap.xml", limit=limit)

    assert (first.articles, second.articles) == (limit, limit)
    assert len(parts) == -(-limit // 10), "a further part is fetched when one is used up"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xml", "text", "index"])
def test_a_sitemap_of_900_000_addresses_costs_seconds(catalogue: Catalogue, kind: str) -> None:
    fetcher = Fetcher(delay=0.0, allow_private=True)

    def listed(base: str, first: int, count: int) -> bytes:
        if kind == "text":
            return "\n".join(f"{base}/{n}" for n in range(first, first + count)).encode()
        pages = "".join(f"<url><loc>{base}/{n}</loc></url>" for n in range(first, first + count))
        return f"<urlset>{pages}</urlset>".encode()

    made: dict[str, bytes] = {}

    def replies(asked: Asked) -> Reply:
        base = f"http://{asked.headers['host']}"
        if asked.path == "/sitemap.xml" and kind == "index":
            parts = "".join(f"<sitemap><loc>{base}/part/{n}</loc></sitemap>" for n in range(18))
            return Reply(f"<sitemapindex>{parts}</sitemapindex>".encode())
        if asked.path == "/sitemap.xml":
            return Reply(made.setdefault(asked.path, listed(base, 0, 900_000)))
        if asked.path.startswith("/part/"):
            first = 50_000 * int(asked.path[6:])
            return Reply(made.setdefault(asked.path, listed(base, first, 50_000)))
        return html(asked.path)

    with serving(replies) as server:
        for path in ("/sitemap.xml", "/part/0"):
            replies(Asked(path, {"host": server.base.removeprefix("http://")}, 0))
        began = time.process_time()
        tracemalloc.start()
        report = gather(catalogue, fetcher, f"{server.base}/sitemap.xml", limit=20)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    length = max(map(len, made.values()))
    assert report.articles == 20
    assert time.process_time() - began < 15
    assert peak < 5 * length + (20 << 20), "a few copies of the listing, and nothing an address"


def test_a_page_is_asked_whether_it_has_changed(catalogue: Catalogue, fetcher: Fetcher) -> None:
    title = "Bridge"

    def replies(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == f'"{title}"':
            return Reply(status=304)
        return html(title, ETag=f'"{title}"')

    with serving(replies) as server:
        reports = [gather(catalogue, fetcher, server.base, again=True) for _ in range(2)]
        title = "Bridge repaired"
        reports.append(gather(catalogue, fetcher, server.base, again=True))

    assert [(r.articles, r.duplicates, r.new_versions) for r in reports] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_robots_txt_is_kept_to(
    mark: bytes, catalogue: Catalogue, fetcher: Fetcher, waits: Waits
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            rules = b"User-agent: Dispatches\nDisallow: /private\nCrawl-delay: 7"
            return Reply(mark + rules)
        return html(asked.path)

    with serving(replies) as server:
        report = gather(
            catalogue, fetcher, *(f"{server.base}/{name}" for name in ("a", "private/b", "c"))
        )

    assert (report.articles, report.failures) == (2, 1)
    assert sorted(server.pages_asked) == ["/a", "/c"]
    assert max(waits.seconds) == pytest.approx(7, abs=0.5)
    (failure,) = catalogue.failures()
    assert "robots.txt" in failure.reason


@pytest.mark.parametrize(("status", "fetched"), [(404, 1), (403, 1), (500, 0)])
def test_a_missing_robots_txt_allows_and_a_broken_one_forbids(
    catalogue: Catalogue, fetcher: Fetcher, status: int, fetched: int
) -> None:
    def replies(asked: Asked) -> Reply:
        return Reply(status=status) if asked.path == "/robots.txt" else html("Bridge")

    with serving(replies) as server:
        assert gather(catalogue, fetcher, server.base).articles == fetched
    assert ["cannot be had for now" in failure.reason for failure in catalogue.failures()] == [
        True
    ] * (1 - fetched)


def test_a_redirect_to_a_forbidden_place_is_not_followed(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /private")
        return Reply(status=302, headers={"Location": "/private"})

    with serving(replies) as server:
        assert gather(catalogue, fetcher, f"{server.base}/a").failures == 1
        assert server.pages_asked == ["/a"]


def test_the_address_after_redirects_is_the_address(catalogue: Catalogue, fetcher: Fetcher) -> None:
    def replies(asked: Asked) -> Reply:
        moved = asked.path == "/old"
        return Reply(status=301, headers={"Location": "new"}) if moved else html("Bridge")

    with serving(replies) as server:
        gather(catalogue, fetcher, f"{server.base}/old")

    (stored,) = catalogue.articles()
    (sighting,) = catalogue.sightings(stored.article.article_id)
    assert (sighting.locator, sighting.url) == (f"{server.base}/old", f"{server.base}/new")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), "404"),
        (Reply(status=301, headers={"Location": "/"}), "3 redirects"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "only plain http"),
        (Reply(status=302, headers={"Location": "http://[::bad"}), "no address"),
        (Reply(b"a" * 300_000), "longer than 200,000"),
        (Reply(b"a" * 9000, endless=True), "longer than 200,000"),
        (Reply(gzip.compress(bytes(10_000_000)), headers={"Content-Encoding": "gzip"}), "longer"),
        (
            Reply(b"<p>half", headers={"Content-Length": "99"}, cut=True),
            "connection broke, 92 bytes short",
        ),
        (Reply(b"<html>" * 9, drip=0.5), "no usable answer"),
        (Reply(garbage=b"SSH-2.0-OpenSSH_9\r\n"), "no usable answer"),
        (Reply(garbage=b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 99_000), "no usable answer"),
        (Reply(b"junk", headers={"Content-Encoding": "gzip"}), "no usable answer"),
        (Reply(b"\x89PNG\r\n\x1a\n" + bytes(99), headers={"Content-Type": "image/png"}), "neither"),
        (Reply(b""), "the answer is empty"),
    ],
)
def test_what_is_no_page_is_a_failure_with_its_reason(
    catalogue: Catalogue, fetcher: Fetcher, reply: Reply, reason: str
) -> None:
    def replies(asked: Asked) -> Reply:
        return Reply() if asked.path == "/robots.txt" else reply

    with serving(replies) as server:
        report = gather(catalogue, fetcher, server.base + "/")

    assert (report.documents, report.failures) == (1, 1)
    (failure,) = catalogue.failures()
    assert reason in failure.reason


_UNPACKED = bytes(16 << 20)
_PACKED = {
    "gzip": gzip.compress(_UNPACKED, 1),
    "deflate": zlib.compress(_UNPACKED, 1),
    "br": brotli.compress(_UNPACKED, quality=1),
}


def _chunked(content: bytes, packing: str = "gzip") -> Reply:
    """A body in pieces, the same again and again, that never ends."""
    body = b"%x\r\n%b\r\n" % (len(content), content)
    headers = {"Transfer-Encoding": "chunked", "Content-Encoding": packing}
    return Reply(body, endless=True, headers=headers)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        *(
            (Reply(content, headers={"Content-Encoding": packing}), "longer than 200,000")
            for packing, content in _PACKED.items()
        ),
        (
            Reply(gzip.compress(_PACKED["gzip"]), headers={"Content-Encoding": "gzip, gzip"}),
            "longer than 200,000",
        ),
        (
            Reply(brotli.compress(_PACKED["deflate"]), headers={"Content-Encoding": "deflate, br"}),
            "longer than 200,000",
        ),
        (
            Reply(_PACKED["gzip"], headers={"Content-Encoding": ", ".join(["gzip"] * 50)}),
            "no usable answer",
        ),
        (Reply(zstandard.compress(_UNPACKED), headers={"Content-Encoding": "zstd"}), "neither a"),
        (_chunked(bytes(8192), "identity"), "longer than 200,000"),
        (_chunked(gzip.compress(bytes(50_000))), "longer than 200,000"),
        (_chunked(gzip.compress(b"")), "no usable answer"),
    ],
    ids=[*_PACKED, "twice", "two ways", "fifty times", "not asked for", "pieces",
         "packed pieces", "pieces of nothing"],
)  # fmt: skip
def test_a_body_that_unpacks_without_end_is_refused_in_little_memory(
    catalogue: Catalogue, waits: Waits, reply: Reply, reason: str
) -> None:
    def replies(asked: Asked) -> Reply:
        return Reply() if asked.path == "/robots.txt" else reply

    once = replace(QUICK, tries=1)
    with serving(replies) as server:
        tracemalloc.start()
        try:
            fetcher = Fetcher(delay=0.0, allow_private=True, limits=once, wait=waits)
            report = gather(catalogue, fetcher, server.base + "/")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (report.documents, report.failures) == (1, 1)
    (failure,) = catalogue.failures()
    assert reason in failure.reason
    assert peak < len(_UNPACKED) // 2


def test_a_server_that_is_down_is_tried_again_later(
    catalogue: Catalogue, fetcher: Fetcher, waits: Waits
) -> None:
    down = True

    def replies(asked: Asked) -> Reply:
        return Reply(status=503, headers={"Retry-After": "9"}) if down else html("Bridge")

    with serving(
        lambda asked: Reply() if asked.path == "/robots.txt" else replies(asked)
    ) as server:
        first = gather(catalogue, fetcher, server.base)
        assert server.pages_asked == ["/", "/"]
        assert waits.seconds == [9.0]
        down = False
        second = gather(catalogue, Fetcher(delay=0.0, allow_private=True), server.base)

    assert (first.failures, second.articles) == (1, 1)
    assert list(catalogue.failures()) == []


def test_retry_after_may_be_a_moment_and_is_not_waited_for_without_end(
    fetcher: Fetcher, waits: Waits
) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)

    def replies(asked: Asked) -> Reply:
        return (
            Reply()
            if asked.path == "/robots.txt"
            else Reply(status=429, headers={"Retry-After": later})
        )

    with serving(replies) as server, pytest.raises(CollectError) as caught:
        fetcher.fetch(server.base)

    assert caught.value.temporary
    assert waits.seconds == []


def test_who_asks_to_be_left_alone_is_not_asked_again_until_then() -> None:
    now = [1000.0]
    fetcher = Fetcher(delay=0, allow_private=True, now=lambda: now[0])
    busy = Reply(status=429, headers={"Retry-After": "7200"})

    def replies(asked: Asked) -> Reply:
        return busy if now[0] < 2000 and asked.path == "/feed" else html("Bridge")

    with serving(replies) as server:
        for path in ("/feed", "/feed", "/other"):
            with pytest.raises(CollectError) as caught:
                fetcher.fetch(f"{server.base}{path}")
            assert caught.value.temporary
        assert server.pages_asked == ["/feed"]
        now[0] += 7201
        assert fetcher.fetch(f"{server.base}/other").answer.status == 200


def test_an_address_that_goes_on_failing_is_asked_for_more_and_more_seldom() -> None:
    now = [0.0]
    fetcher = Fetcher(delay=0, allow_private=True, limits=ONCE, now=lambda: now[0])
    status = 503

    def replies(asked: Asked) -> Reply:
        return Reply(status=status) if asked.path == "/feed" else html("Bridge")

    def passing(minutes: int) -> list[int]:
        """Asks once a minute; the minutes in which the server heard of it."""
        heard = []
        for minute in range(minutes):
            before = len(server.pages_asked)
            with pytest.raises(CollectError, match=f"answers {status}"):
                fetcher.fetch(f"{server.base}/feed")
            if len(server.pages_asked) > before:
                heard.append(minute)
            now[0] += 60.0
        return heard

    with serving(replies) as server:
        assert passing(20) == [0, 1, 3, 7, 15]
        assert fetcher.fetch(f"{server.base}/other").answer.status == 200
        for _ in range(12):
            now[0] += 86_400.0  # the longest rest
            assert passing(1) == [0]
        now[0] += 86_400.0
        status = 200
        assert fetcher.fetch(f"{server.base}/feed").answer.status == 200
        status = 503
        assert passing(3) == [0, 1]  # one good answer, and it begins anew


def test_what_failed_for_good_does_not_rest() -> None:
    fetcher = Fetcher(delay=0, allow_private=True, limits=ONCE)
    with serving(lambda asked: Reply(status=410)) as server:
        for _ in range(2):
            with pytest.raises(CollectError, match="answers 410"):
                fetcher.fetch(f"{server.base}/feed")
        assert server.pages_asked == ["/feed", "/feed"]


def suicidal(raw: RawDocument) -> Article:
    if b"Bridge" in raw.content:
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory is used up
    return clean(raw)


@pytest.mark.slow
def test_a_page_that_ends_its_cleaner_costs_itself_alone(
    catalogue: Catalogue, fetcher: Fetcher, tmp_path: Path
) -> None:
    def replies(asked: Asked) -> Reply:
        return html({"/1": "Harbor", "/2": "Bridge", "/3": "Ferry"}.get(asked.path, ""))

    with serving(replies) as server:
        listed = tmp_path / "addresses.txt"
        listed.write_text("".join(f"{server.base}/{number}\n" for number in (1, 2, 3)))
        report = collect([listed], catalogue, fetcher, clean=suicidal, apart=True)

    assert (report.articles, report.failures) == (2, 1)
    (failure,) = catalogue.failures()
    assert failure.locator == f"{server.base}/2"
    assert "ended the process" in failure.reason


def test_what_failed_for_good_is_left_alone_until_asked_for(
    catalogue: Catalogue, fetcher: Fetcher, tmp_path: Path
) -> None:
    def replies(asked: Asked) -> Reply:
        return Reply(status=410)

    with serving(replies) as server:
        listing = tmp_path / "list.txt"
        listing.write_text(f"# pages\n{server.base}/gone\n")
        reports = [gather(catalogue, fetcher, listing) for _ in range(2)]
        asked = len(server.pages_asked)
        reports.append(gather(catalogue, fetcher, listing, retry_failures=True))

        assert (asked, len(server.pages_asked)) == (1, 2)
    assert [report.failures for report in reports] == [1, 1, 1]


def test_one_host_is_visited_at_the_asked_pace(catalogue: Catalogue, tmp_path: Path) -> None:
    fetcher = Fetcher(delay=0.15, allow_private=True, limits=QUICK)
    with serving(lambda asked: html(asked.path)) as server:
        listing = tmp_path / "list.txt"
        listing.write_text("\n".join(f"{server.base}/{number}" for number in range(4)))
        gather(catalogue, fetcher, listing)
        moments = [asked.at for asked in server.asked]

    assert len(moments) == 5
    assert min(b - a for a, b in pairwise(moments)) > 0.12


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_not_fetched_unless_allowed(name: str) -> None:
    with serving(lambda asked: html("Secret")) as server:
        port = server.base.rpartition(":")[2]
        with pytest.raises(UnsafeInput, match="private address"):
            Fetcher(delay=0.0, limits=QUICK).fetch(f"http://{name}:{port}/")
        assert server.asked == []


def test_a_name_that_changes_its_address_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was checked is the one that is connected to; the name is asked once."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def resolve(host: str, port: int, *_args: Any, **_options: Any) -> list[Any]:
        address = host if host[0].isdigit() else next(answers)
        connected.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    class Refusing(socket.socket):
        def connect(self, _address: Any) -> None:
            raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "socket", Refusing)

    with pytest.raises(CollectError):
        Fetcher(limits=Limits(tries=1), wait=lambda _: None).fetch("http://rebind.example/")

    assert set(connected) == {"93.184.216.34"}


def test_a_redirect_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public here; where it sends us does not."""
    real = ipaddress.ip_address
    with serving(lambda asked: html("Secret")) as secret:

        def replies(asked: Asked) -> Reply:
            if asked.path == "/robots.txt":
                return Reply()
            return Reply(
                status=302, headers={"Location": secret.base.replace("127.0.0.1", "[::1]")}
            )

        monkeypatch.setattr(
            "corpus.collecting.safety.is_public", lambda address: address == real("127.0.0.1")
        )
        with serving(replies) as public, pytest.raises(UnsafeInput, match="private address ::1"):
            Fetcher(delay=0.0, limits=QUICK).fetch(public.base)
        assert secret.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("::ffff:0:8.8.8.8", True),
        ("64:ff9b:1::7f00:1", False),
        ("192.0.0.8", False),
        ("::ffff:192.0.0.200", False),
        ("fec0::1", False),
        ("3fff::1", False),
        ("2001:470::5efe:127.0.0.1", False),
        ("2001:470:1::200:5efe:10.0.0.1", False),
        ("2001:470:1:2::3", True),
    ],
)
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h.example/",
        "file:///etc/passwd",
        "https://user@h.example/",
        "http://",
        "http://[",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        target_of(url)


def test_addresses_are_written_as_servers_expect() -> None:
    target = target_of("HTTPS://Bücher.Example:443/ä b?q=ü#part")

    assert (target.origin, target.port) == ("https://xn--bcher-kva.example", 443)
    assert target.path == "/%C3%A4%20b?q=%C3%BC"


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://i.example/">
<url><loc> https://h.example/1 </loc><news:news><news:title>T</news:title></news:news>
<image:image><image:loc>https://h.example/1.png</image:loc></image:image></url>
<url><loc>/2</loc></url><url><loc>javascript:alert(1)</loc></url></urlset>"""


def test_listings_name_pages_and_further_listings() -> None:
    named = [entry.url for entry in addresses_in(SITEMAP, base="https://h.example/sitemap.xml")]
    assert named == ["https://h.example/1", "https://h.example/2"]

    index = b"<sitemapindex><sitemap><loc>https://h.example/s.xml.gz</loc></sitemap></sitemapindex>"
    assert [entry.is_listing for entry in addresses_in(index)] == [True]
    assert list(addresses_in(SITEMAP[:-60] + b"<<&bad;", base="https://h.example/"))
    assert list(addresses_in(page("no listing").encode())) == []


def test_sitemaps_are_followed_packed_or_not(catalogue: Catalogue, fetcher: Fetcher) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path == "/sitemap.xml":
            named = ("/packed.xml.gz", "/sitemap.xml")
            inside = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in named)
            return Reply(f"<sitemapindex>{inside}</sitemapindex>".encode())
        if asked.path == "/packed.xml.gz":
            return Reply(gzip.compress(b"<urlset><url><loc>/page</loc></url></urlset>"))
        return html(asked.path)

    with serving(replies) as server:
        report = gather(catalogue, fetcher, f"{server.base}/sitemap.xml")

    assert (report.documents, report.articles) == (1, 1)


def test_a_file_that_lists_nothing_is_told(
    catalogue: Catalogue, fetcher: Fetcher, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page("Bridge"))

    with pytest.raises(UnsupportedFormat, match="no address"):
        gather(catalogue, fetcher, path)


def test_a_page_of_posts_gives_each_of_them(catalogue: Catalogue, fetcher: Fetcher) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    with serving(lambda asked: Reply(CHANNEL_PAGE, headers=headers)) as server:
        first = gather(catalogue, fetcher, f"{server.base}/s/harborwatch")
        again = gather(catalogue, fetcher, f"{server.base}/s/harborwatch", again=True)

    assert (first.documents, first.articles) == (2, 2)
    assert (again.documents, again.duplicates) == (2, 2)
    assert {stored.article.outlet for stored in catalogue.articles()} == {"Harbor Watch"}


PAGE = page("Bridge").encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("status", "told", "articles", "is_cut"),
    [
        (203, {}, 1, False),
        (206, {"Content-Range": f"bytes 0-{len(PAGE) - 1}/{len(PAGE)}"}, 1, False),
        (206, {"Content-Range": f"bytes 0-{len(PAGE) - 1}/{len(PAGE) + 900}"}, 1, True),
        (206, {"Content-Range": f"bytes 9-{len(PAGE) + 8}/{len(PAGE) + 9}"}, 0, False),
        (204, {}, 0, False),
        (304, {}, 0, False),
    ],
)
def test_a_page_sent_by_a_proxy_or_in_part_is_a_page(
    status: int,
    told: dict[str, str],
    articles: int,
    is_cut: bool,
    catalogue: Catalogue,
    fetcher: Fetcher,
) -> None:
    body = b"" if status in (204, 304) else PAGE
    with serving(lambda asked: Reply(body, status, HTML | told)) as server:
        report = gather(catalogue, fetcher, f"{server.base}/a")

    assert (report.articles, report.failures) == (articles, 1 - articles)
    flags = [stored.article.quality.flags for stored in catalogue.articles()]
    assert [CUT_OFF in one for one in flags] == [is_cut] * articles


@pytest.mark.parametrize(
    ("answer", "pages"),
    [
        (Reply("User-agent: *\nDisallow: /".encode("utf-16")), 0),
        (Reply(b"\xef\xbb\xbfUser-agent: *\rDisallow: /a\r"), 0),
        (Reply(b"", 429), 0),
        (Reply(b"", 408), 0),
        (Reply(b"", 403), 1),
        (Reply(b"<html><body>Not here</body></html>", headers=HTML), 1),
    ],
)
def test_what_forbids_is_heeded_however_it_is_said(
    answer: Reply, pages: int, catalogue: Catalogue, fetcher: Fetcher
) -> None:
    with serving(lambda asked: answer if asked.path == "/robots.txt" else html("Bridge")) as server:
        gather(catalogue, fetcher, f"{server.base}/a")

    assert len(server.pages_asked) == pages


@pytest.mark.parametrize(
    "version", ["https://jsonfeed.org/version/1.1", r"https:\/\/jsonfeed.org\/version\/1"]
)
def test_a_feed_in_json_is_followed(version: str, catalogue: Catalogue, fetcher: Fetcher) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path != "/feed.json":
            return html(asked.path)
        items = '[{"id": "1", "url": "/one"}, {"id": "2", "url": "/two"}]'
        return Reply(f'{{"version": "{version}", "title": "F", "items": {items}}}'.encode())

    with serving(replies) as server:
        report = gather(catalogue, fetcher, f"{server.base}/feed.json")

    assert server.pages_asked == ["/feed.json", "/one", "/two"]
    assert report.articles == 2


def test_a_copy_counts_for_its_page_and_its_days_from_when_it_was_made(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    content = page("Bridge").replace("</h1>", "</h1><p>3 hours ago</p>")
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Memento-Datetime": "Tue, 07 Mar 2023 05:00:00 GMT",
        "Link": '<https://h.example/a>; rel="original", <https://m.example/g>; rel="timegate"',
    }
    with serving(lambda _: Reply(content.encode(), headers=headers)) as server:
        gather(catalogue, fetcher, f"{server.base}/AbCdE")

    (stored,) = catalogue.articles()
    (sighting,) = catalogue.sightings(stored.article.article_id)
    assert stored.article.url == "https://h.example/a"
    assert sighting.locator == f"{server.base}/AbCdE"
    assert stored.article.published is not None
    assert stored.article.published.iso.startswith("2023-03-07")


def test_places_within_a_page_are_one_visit(catalogue: Catalogue, fetcher: Fetcher) -> None:
    with serving(lambda _: html("Bridge")) as server:
        gather(catalogue, fetcher, f"{server.base}/a#one", f"{server.base}/a#two")
    assert server.pages_asked == ["/a"]


def test_rules_for_our_name_with_a_version_are_for_us(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    rules = Reply(b"User-agent: Dispatches/1.0 # us\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with serving(lambda asked: rules if asked.path == "/robots.txt" else html("Bridge")) as server:
        gather(catalogue, fetcher, f"{server.base}/a")
    assert server.pages_asked == []


# Listings that change and break between two rounds.

FEED = "<rss version='2.0'><channel><title>Паром</title>{}</channel></rss>"


def items(base: str, *paths: str) -> str:
    return FEED.format(
        "".join(f"<item><title>Пост {one}</title><link>{base}{one}</link></item>" for one in paths)
    )


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-16", "<?xml version='1.0' encoding='UTF-16'?>"),
        ("cp1251", "<?xml version='1.0' encoding='windows-1251'?>"),
        ("koi8-u", "<?xml version='1.0' encoding='koi8-u'?>"),
        ("cp1251", ""),
        ("utf-8", "<?xml version='1.0' encoding='windows-1251'?>"),
    ],
)  # fmt: skip
def test_a_feed_may_change_its_encoding(
    catalogue: Catalogue, fetcher: Fetcher, encoding: str, head: str
) -> None:
    rounds = iter([("utf-8", "", "/1"), (encoding, head, "/2")])

    def replies(asked: Asked) -> Reply:
        if asked.path != "/feed":
            return html(asked.path)
        code, begun, path = next(rounds)
        return Reply((begun + items(f"http://{asked.headers['host']}", path)).encode(code))

    with serving(replies) as server:
        reports = [gather(catalogue, fetcher, f"{server.base}/feed") for _ in range(2)]

    assert [(one.articles, one.failures) for one in reports] == [(1, 0), (1, 0)]


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_listing_that_was_cut_off_is_told_of_and_asked_for_anew(
    catalogue: Catalogue, fetcher: Fetcher, kind: str
) -> None:
    sent: list[str] = []

    def replies(asked: Asked) -> Reply:
        if asked.path != "/list":
            return html(asked.path)
        sent.append(asked.headers.get("if-none-match", ""))
        base = f"http://{asked.headers['host']}"
        whole = items(base, "/1", "/2", "/3")
        if kind == "sitemap":
            listed = "".join(f"<url><loc>{base}/{n}</loc></url>" for n in (1, 2, 3))
            whole = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{listed}</urlset>"
        end = whole.rindex("/3") + 1 if len(sent) == 1 else len(whole)
        return Reply(whole[:end].encode(), headers={"ETag": '"same"'})

    with serving(replies) as server:
        first = gather(catalogue, fetcher, f"{server.base}/list")
        second = gather(catalogue, fetcher, f"{server.base}/list")

    assert (first.articles, first.failures) == (2, 1)
    assert (second.articles, second.failures) == (1, 0)
    assert sent == ["", ""], "what was cut off is not taken for what is here"


def test_of_a_sitemap_that_is_too_long_its_beginning_is_followed(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path != "/sitemap.xml":
            return html(asked.path)
        base = f"http://{asked.headers['host']}"
        listed = "".join(f"<url><loc>{base}/{n}</loc></url>" for n in range(9000))
        return Reply(
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{listed}</urlset>".encode()
        )

    with serving(replies) as server:
        report = gather(catalogue, fetcher, f"{server.base}/sitemap.xml", limit=2)

    assert (report.articles, report.failures) == (2, 1)


def test_a_feed_of_which_nothing_can_be_read_is_told_of(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    with serving(lambda _: Reply(b"<rss version='2.0'><channel><ti<<&&")) as server:
        report = gather(catalogue, fetcher, f"{server.base}/feed")
    assert (report.articles, report.failures) == (0, 1)


def test_an_empty_feed_is_no_failure(catalogue: Catalogue, fetcher: Fetcher) -> None:
    with serving(lambda _: Reply(FEED.format("").encode())) as server:
        report = gather(catalogue, fetcher, f"{server.base}/feed")
    assert report.documents == 0


@pytest.mark.parametrize("told", ["\xb2", "-5", "nan", "1e999", "9" * 400, "Mon, 99 Foo 2023"])
def test_no_rest_that_a_host_asks_for_ends_the_others(
    catalogue: Catalogue, fetcher: Fetcher, told: str
) -> None:
    def replies(asked: Asked) -> Reply:
        if asked.path == "/1":
            return Reply(status=429, headers={"Retry-After": told})
        return html(asked.path)

    with serving(replies) as server:
        reports = [gather(catalogue, fetcher, f"{server.base}/{n}") for n in (2, 1)]

    assert [(one.articles, one.failures) for one in reports] == [(1, 0), (0, 1)]
    (failure,) = catalogue.failures()
    assert "429" in failure.reason
    assert "Please report" not in failure.reason


def test_an_error_page_in_place_of_a_feed_is_no_article(
    catalogue: Catalogue, fetcher: Fetcher
) -> None:
    rounds = iter(["/1", "", "/2"])

    def replies(asked: Asked) -> Reply:
        if asked.path != "/feed":
            return html(asked.path)
        path = next(rounds)
        if path:
            return Reply(items(f"http://{asked.headers['host']}", path).encode())
        told = "<p>Checking your browser before accessing.</p>"
        wall = f"<html><head><title>Just a moment...</title></head><body>{told}</body></html>"
        return Reply(wall.encode(), headers={"Content-Type": "text/html"})

    with serving(replies) as server:
        reports = [gather(catalogue, fetcher, f"{server.base}/feed") for _ in range(3)]

    assert [(one.articles, one.failures) for one in reports] == [(1, 0), (0, 1), (1, 0)]
