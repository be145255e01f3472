"""Addresses of one page are one address; those of two pages stay two."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from corpus.cleaner.addresses import canonical_url, copy_of, shown_url

PAGE = "https://example.org/a/b"


def test_the_order_of_parameters_makes_no_other_page() -> None:
    found = {
        canonical_url(f"{PAGE}?{'&'.join(pairs)}") for pairs in permutations(["id=7", "b=2", "c=1"])
    }
    assert found == {f"{PAGE}?b=2&c=1&id=7"}


def test_values_of_one_parameter_are_sorted_too() -> None:
    assert canonical_url(f"{PAGE}?id=2&id=1") == canonical_url(f"{PAGE}?id=1&id=2")


@pytest.mark.parametrize("count", [200, 201])
def test_very_many_parameters_stay_as_they_are(count: int) -> None:
    pairs = [f"p{number:03}=x" for number in range(count, -1, -1)]
    query = "&".join(pairs)
    kept = canonical_url(f"{PAGE}?{query}").partition("?")[2]
    assert kept == (query if count > 200 else "&".join(sorted(pairs)))


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x", "UTM_SOURCE=x", "fbclid=1", "gclid=1", "ref=home", "at_medium=x",
        "cmpid=1", "cmp=1", "smid=tw", "ns_campaign=x", "amp=1", "print=true", "view=print", "format=AMP",
        "VIEW=mobile", "layout=amphtml", "type=printable", "mobile=", "amphtml=", "display=amp",
        "mode=mobile", "MOBILE=", "page_view=print", "outputType=amp", "__twitter_impression=true",
    ],
)  # fmt: skip
def test_parameters_that_change_no_article_go(query: str) -> None:
    assert canonical_url(f"{PAGE}?{query}") == PAGE


@pytest.mark.parametrize(
    "query",
    [
        "id=7", "view=full", "reference=1", "format=pdf", "mobile=no", "campaign=x", "utm=1",
        "amphtml=3", "tag=amp", "at_other=1", "blank=", "type=", "q=a+b", "cmpi=1",
        "q=a/b:c@d!e$f'(g)*,;~", "q=%E9",
    ],
)  # fmt: skip
def test_parameters_that_name_an_article_stay(query: str) -> None:
    assert canonical_url(f"{PAGE}?{query}") == f"{PAGE}?{query}"


@pytest.mark.parametrize(
    "variant",
    [
        "http://example.org/a/b", "HTTPS://example.org/a/b", "https://example.org:443/a/b",
        "http://example.org:80/a/b", "https://example.org:80/a/b", "https://www.example.org/a/b",
        "https://m.example.org/a/b", "https://amp.example.org/a/b",
        "https://mobile.example.org/a/b", "https://www.m.example.org/a/b",
        "https://example.org./a/b", "https://example.org/a/b/", "https://example.org//a///b",
        "https://example.org/a/b#top", " https://example.org/a/\n b ", "https://example.org/a/b/amp",
        "https://example.org/a/b/print/", "https://example.org/a/b/index.html",
        "https://example.org/a/b/index.php", "https://example.org/a/b/default.aspx",
        "https://example.org/a/b/amp/amp/", "https://example.org/%61/b",
        "https://web.archive.org/web/20220304050607/https://example.org/a/b",
        "https://web.archive.org/web/2022/http://www.example.org/a/b",
        "https://web.archive.org/web/20220304050607id_/https:/example.org/a/b",
        "https://web.archive.org/web/20220304050607/example.org/a/b",
        "https://wayback.archive.org/web/2022/https://example.org/a/b",
        "https://web.archive.org/web/2022/https%3A%2F%2Fexample.org%2Fa%2Fb",
        "https://archive.ph/2024.05.02-101112/https://example.org/a/b",
        "https://archive.today/newest/http://example.org/a/b",
        "https://web.archive.org/web/2/https://example.org/a/b",
        "https://web.archive.org/web/20220304050607if_/http://example.org:80/a/b",
        "https://web.archive.org/save/https://example.org/a/b",
        "https://web.archive.org/https://example.org/a/b",
        "https://archive.li/timegate/https://example.org/a/b",
        "https://archive.ph/?run=1&url=https%3A%2F%2Fexample.org%2Fa%2Fb",
        "https://archive.vn/submit/?url=https://example.org/a/b",
        "https://www.webcitation.org/6AbCd?url=https%3A%2F%2Fexample.org%2Fa%2Fb",
        "http://timetravel.mementoweb.org/memento/2022/https://example.org/a/b",
        "https://12ft.io/proxy?q=https%3A%2F%2Fexample.org%2Fa%2Fb",
        "https://12ft.io/https://example.org/a/b",
        "https://replay.example.net/wayback/20220304050607/https://example.org/a/b",
        "https://replay.example.net/one/two/three/20220304050607/https://example.org/a/b",
        "https://www.archive.ph/2024.05.02-101112/https://example.org/a/b",
        "https://web.archive.org./web/2022/https://example.org/a/b",
        "https://example-org.cdn.ampproject.org/c/s/example.org/a/b",
        "https://example-org.cdn.ampproject.org/v/example.org/a/b",
        "https://blog-google.cdn.ampproject.org/c/s/example.org/a/b",
        "https://www.google.com/amp/s/example.org/a/b",
    ],
)  # fmt: skip
def test_variants_of_one_page(variant: str) -> None:
    assert canonical_url(variant) == PAGE


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/index.html", "https://example.org"),
        ("https://example.org/a/index.htm", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org:8080/a"),
        ("https://m.org/a", "https://m.org/a"),
        ("https://www.org/a", "https://www.org/a"),
        ("https://news.example.org/a", "https://news.example.org/a"),
        ("https://EXAMPLE.org/A", "https://example.org/A"),
        ("https://example.org/amp/long-enough", "https://example.org/long-enough"),
        ("https://example.org/mobile/long-enough", "https://example.org/long-enough"),
        ("https://example.org/print/eight888", "https://example.org/eight888"),
        ("https://example.org/amp/seven77", "https://example.org/amp/seven77"),
        ("https://example.org/a.amp.html", "https://example.org/a.html"),
        ("https://example.org/a.amp", "https://example.org/a"),
        ("https://example.org/a.html/amp", "https://example.org/a.html"),
        ("https://example.org/camp", "https://example.org/camp"),
        ("https://example.org/caf\u00e9", "https://example.org/caf%C3%A9"),
        ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/a%E9", "https://example.org/a%E9"),
        ("https://example.org/index.html/a", "https://example.org/index.html/a"),
        ("ftp://example.org/a/", ""),
        (" mailto:a@example.org ", ""),
        ("https://", ""),
        ("https://[bad/a", ""),
        ("https://example.org:port/a", ""),
        ("https://exa<mple>.org/a", ""),
        ("/a/b/", ""),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        (
            "https://web.archive.org/web/2022/https://example.org/a?id=7&utm_source=x",
            "https://example.org/a?id=7",
        ),
        ("https://web.archive.org/about/", "https://web.archive.org/about"),
        (
            "https://example.net/web/20220304/https://example.org/a",
            "https://example.net/web/20220304/https:/example.org/a",
        ),
        (
            "https://www.google.com/amp/s/example.org/a?id=7",
            "https://example.org/a?id=7",
        ),
        (
            "https://x.cdn.ampproject.org/c/s/example.org/a?id=7",
            "https://example.org/a?id=7",
        ),
        (
            "https://x.cdn.ampproject.org/other/a",
            "https://x.cdn.ampproject.org/other/a",
        ),
        (
            "https://x.cdn.ampproject.org/other/c/s/example.org/a",
            "https://x.cdn.ampproject.org/other/c/s/example.org/a",
        ),
        ("https://example.net/c/s/example.org/a", "https://example.net/c/s/example.org/a"),
        ("https://google.com/a/amp/s/example.org/b", "https://google.com/a/amp/s/example.org/b"),
        ("https://www.google.com/amp/s/", "https://google.com/amp/s"),
        ("https://example.org/amp/s/a", "https://example.org/amp/s/a"),
        ("https://example.org/amp/s/c/long.html", "https://example.org/s/c/long.html"),
    ],
)
def test_what_an_address_becomes(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("collected", "shown"),
    [
        ("https://m.example.org/a?utm_source=x", "https://m.example.org/a?utm_source=x"),
        ("https://web.archive.org/web/2022/http://example.org/a%20b", "http://example.org/a%20b"),
        ("https://web.archive.org/web/2022/https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://web.archive.org/web/2022/https%3A//example.org/a%2Fb", "https://example.org/a/b"),
        ("https://web.archive.org/web/2022/https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("https://web.archive.org/web/2022/HTTP:/example.org/a", "http://example.org/a"),
        (
            "https://archive.ph/2024.05.02-101112/http://example.org/a?b=1",
            "http://example.org/a?b=1",
        ),
        ("https://archive.ph/faq", "https://archive.ph/faq"),
        (
            "https://megalodon.jp/2024-0502-1011-12/https://example.org/a?b=1",
            "https://example.org/a?b=1",
        ),
        (
            "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGh12:https://example.org/a%3Fb%3D1&hl=en",
            "https://example.org/a?b=1",
        ),
        (
            "https://archive.net/20240502101112/example.org/a",
            "https://archive.net/20240502101112/example.org/a",
        ),
        (
            "https://webcache.googleusercontent.com/search?q=cache:abcdefghijk:http://example.org/a&hl=en",
            "http://example.org/a",
        ),
        *(
            (address, address)
            for address in (
                "https://web.archive.org/details/web/2022/https://example.org/a",
                "https://archive.ph/find/https://example.org/a",
                "https://web.archive.org/about.html",
                "https://example.net/search?url=https://example.org/a",
                "https://example.net/https://example.org/a",
                "https://example.net/1/2/3/4/20220304050607/https://example.org/a",
            )
        ),
        ("mailto:a@example.org", ""),
    ],
)
def test_what_is_shown_of_an_address(collected: str, shown: str) -> None:
    assert shown_url(collected) == shown


def test_a_copy_of_a_copy_of_a_copy_is_what_it_holds_and_no_deeper() -> None:
    archive = "https://web.archive.org/web/2022/"
    assert shown_url(archive * 3 + PAGE) == PAGE
    assert shown_url(archive * 4 + PAGE) == archive + PAGE


MADE = datetime(2022, 3, 4, 5, 6, tzinfo=UTC)
DAY = datetime(2022, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://web.archive.org/web/20220304050607/https://example.org/a/b", MADE),
        ("https://web.archive.org/web/20220304id_/https://example.org/a/b", DAY),
        ("https://archive.ph/2022.03.04-050607/https://example.org/a/b", MADE),
        ("https://megalodon.jp/2022-0304-2306-07/https://example.org/a/b", DAY),
        ("https://archive.ph/newest/https://example.org/a/b", None),
        ("https://web.archive.org/web/2022/https://example.org/a/b", None),
        ("https://web.archive.org/web/20221399000000/https://example.org/a/b", None),
    ],
)
def test_when_a_copy_was_made(url: str, made: datetime | None) -> None:
    copy = copy_of(url, {})
    assert copy is not None
    assert (copy.address, copy.made) == ("https://example.org/a/b", made)


def test_a_copy_may_be_told_by_its_headers_alone() -> None:
    link = '<https://example.org/a/b>; rel="original", <https://h.example/t>; rel="timegate"'
    sent = {"memento-datetime": "Fri, 04 Mar 2022 05:06:00 GMT", "link": link}
    copy = copy_of("https://h.example/AbCdE", sent)
    assert copy is not None
    assert (copy.address, copy.made) == ("https://example.org/a/b", MADE)
    assert copy_of("https://h.example/AbCdE", {"link": link}) is None  # the page of a timegate
    assert copy_of("https://example.org/a/b", {}) is None
    broken = copy_of("https://h.example/AbCdE", sent | {"memento-datetime": "yesterday"})
    assert broken is not None
    assert broken.made is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://h.example/1&ct=ga",
            "https://h.example/1",
        ),
        ("https://google.co.uk/url?q=https://h.example/1", "https://h.example/1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fh.example%2F1&h=AT1", "https://h.example/1"),
        ("https://vk.com/away.php?to=https%3A%2F%2Fh.example%2F1", "https://h.example/1"),
        (
            "https://translate.google.com/translate?sl=uk&u=https://h.example/1",
            "https://h.example/1",
        ),
        ("https://www.google.com/search?q=https://h.example/1", None),
        ("https://h.example/url?url=https://other.example/1", None),
        ("https://www.google.com/url?sa=t", None),
    ],
)
def test_what_only_leads_to_a_page_is_shown_as_that_page(address: str, shown: str | None) -> None:
    assert shown_url(address) == (shown or address)


@pytest.mark.parametrize(
    "told", ["__cft__[0]=AZ1&__tn__=%2CO", "srnd=premium-europe", "__xts__[0]=1"]
)
def test_further_marks_of_where_a_reader_came_from_are_cut(told: str) -> None:
    assert canonical_url(f"https://h.example/1?{told}") == "https://h.example/1"
