"""Addresses: when are two addresses one article?

`canonical_url` folds away what changes without changing the article: case of the host, default
ports, fragments, tracking parameters, the `amp`, `mobile` and `print` variants of a page, and the
address of a web archive before that of the page it holds. That form tells articles apart and is
never shown: what is shown is `shown_url`, the address as it was collected. Of a copy in a web
archive `copy_of` tells the page and the moment, by its address or its headers (RFC 7089).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from corpus.soundness import web_address

_TRACKING = re.compile(
    r"utm_.*|ga_.*|fb_.*|mc_.*|pk_.*|mtm_.*|hsa_.*|_hs.*|at_(?:medium|campaign|custom.*|format|link.*|ptr.*)|"
    r"xtor|fbclid|gclid|gclsrc|dclid|yclid|msclkid|twclid|igshid|igsh|mkt_tok|ns_(?:campaign|mchannel|source|"
    r"linkname|fee)|cmp(?:id)?|icid|ito|ocid|ncid|sref|smid|smtyp|rss|feedtype|feedname|ref|refsrc|ref_src|referrer|"
    r"referer|recirc|via|share|shared|sharetype|spm|sr_share|taid|tblci|wt_.*|wtrid|__twitter_impression|"
    r"guccounter|__cft__.*|__tn__|__xts__.*|srnd|guce_.*|soc_.*|s_cid|nocache|cachebuster|amp|outputtype|print|printable|isamp",
    re.IGNORECASE,
)
_VARIANT_PARAMETERS = frozenset(
    ("view", "display", "format", "mode", "type", "layout", "page_view")
)
_VARIANTS = frozenset(("amp", "print", "printable", "mobile", "amphtml"))
_AMP_PATH = re.compile(
    r"(?:/(?:amp|print|mobile-print)/?$)|(?:\.amp(?=\.html?$|$))|(?:(?<=\.html)/amp$)", re.I
)
_AMP_PREFIX = re.compile(r"^/(?:amp|mobile|print)(?=/.{8,})", re.I)
_AMP_CACHE = re.compile(r"/(?:[cvwi]|c/s|v/s)/(?:s/)?(?P<rest>[^/]+\..+)$")
_AMP_VIEWER = re.compile(r"/amp/s/(?P<rest>.*)")
_HELD = r"(?P<rest>https?(?::|%3a)(?:/|%2f){1,2}[^/]+\..*|[^/]+\.[^/]{2,}/.*|[^/:]+\.[^/:.]{2,})$"
_ARCHIVED = re.compile(
    rf"(?:/web/(?:\d{{1,14}}\*?(?:[a-z]{{2}}_)?/)?|/save/(?:_embed/)?|/(?=https?:)){_HELD}",
    re.IGNORECASE,
)
_SNAPSHOT = re.compile(
    rf"(?:/o/\w+)?/(?:newest/|oldest/|timegate/)?(?:(?:[\d.-]{{10,20}}|\d{{4,14}})/)?{_HELD}",
    re.IGNORECASE,
)
_REPLAYED = re.compile(
    r"/(?:\w[\w.-]{0,40}/){0,3}(?:\d{14}(?:[a-z]{2}_)?|\d{4}(?:-\d{4}){2}-\d\d|(?<=/memento/)\d{4,12})"
    r"/(?P<rest>https?:/{1,2}[^/]+\..*)$",
    re.IGNORECASE,
)
_CACHED = re.compile(r"(?:^|&)q=cache(?::|%3a)(?:[\w-]{8,16}(?::|%3a))?(?P<rest>[^&+\s]+)", re.I)
_WAYBACK = frozenset(("web.archive.org", "wayback.archive.org", "liveweb.archive.org"))
_SNAPSHOT_HOSTS = re.compile(r"archive\.(?:ph|is|today|li|vn|fo|md)")
_IN_QUERY = re.compile(r"(?:^|&)(?:url|q|u|to)=(?P<rest>https?(?::|%3a)(?:/|%2f){2}[^&#\s]+)", re.I)
_ASKED = re.compile(r"archive\.(?:ph|is|today|li|vn|fo|md)|webcitation\.org|1[2f]?ft\.io")
"""Hosts that are told in the query which page is meant."""
_LEADING = re.compile(
    r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/url|translate\.google\.[a-z]{2,3}/translate|"
    r"(?:lm?\.facebook|l\.instagram|www\.facebook)\.com/l\.php|(?:away\.)?vk\.(?:com|ru)/away\.php"
)
"""Addresses that only lead to another page, which the query names: as of alerts, and of posts."""
_READERS = re.compile(r"1[2f]?ft\.io|r\.jina\.ai|txtify\.it")
"""Hosts whose path is the address of the page that they show."""
_READ = re.compile(r"/(?P<rest>https?:/{1,2}[^/]+\..*)$", re.IGNORECASE)
_MOMENT = re.compile(r"/(\d{4}[\d.-]{4,16})(?:[a-z]{2}_)?/(?=https?[:%]|[^/]+\.)", re.IGNORECASE)
_ORIGINAL = re.compile(r"<(https?://[^<>\s]+)>\s*;[^,<]*\brel\s*=\s*\"?[^\",;]*\boriginal\b", re.I)
_SECRET = re.compile(r"(?<=:)//[^/?#@]*@")
_TRANSLATED = re.compile(r"(?P<rest>[\w-]+)\.translate\.goog")
"""Hosts that show a page in another language: "the--daily-example" is the-daily.example."""
_MAX_COPIES = 3  # of copies
_MAX_PARAMETERS = 200
_DEFAULT_PORTS = (80, 443)
_SAFE = "/:@!$&'()*+,;=~-._"


def canonical_url(url: str) -> str:
    """One form for all addresses of a page; what is no address of the web gives "".

    Idempotent. `http` becomes `https`: two schemes of one host are the same page. `www.` and `m.`
    stay or go as readers know them: `m.`, `amp.` and `mobile.` go, `www.` goes too.
    """
    text = web_address(url)
    if text is None:
        return ""
    text = shown_url(text)
    parts = urlsplit(text)
    host, port = _host(parts), parts.port
    cached = _unwrap_amp_cache(parts, host)
    if cached is not None and web_address(cached) is not None:
        return canonical_url(cached)
    netloc = f"[{host}]" if ":" in host else _bare_host(host)
    if port is not None and port not in _DEFAULT_PORTS:
        netloc = f"{netloc}:{port}"
    return urlunsplit(("https", netloc, _path(parts.path), _query(parts.query), ""))


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _bare_host(host: str) -> str:
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in ("www", "m", "amp", "mobile"):
        labels = labels[1:]
    return ".".join(labels)


def shown_url(url: str) -> str:
    """The address that is shown and cited: as it was collected; of a copy in a web archive, that of
    the page it holds; never with a name and a password. What is no address of the web gives "".
    """
    address = web_address(url) or ""
    for _ in range(_MAX_COPIES):
        address = _held(address) or address
    return _SECRET.sub("//", address, count=1)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of a copy: of which page it is, and when it was made, as far as is told."""

    address: str
    made: datetime | None


def copy_of(url: str | None, headers: Mapping[str, str]) -> Copy | None:
    """Of which page a document is a copy in a web archive; None where it is none.

    Args:
        headers: with lower-case names, as it was sent.
    """
    address = _SECRET.sub("//", web_address(url or "") or "", count=1)
    shown = shown_url(address)
    told = headers.get("memento-datetime")
    named = _ORIGINAL.search(headers.get("link", "")) if told else None
    if named is not None and shown == address:
        shown = shown_url(named[1]) or address
    if not shown or shown == address:
        return None
    return Copy(shown, _sent_at(told) or _made_at(address))


def _sent_at(told: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(told) if told else None
    except ValueError:
        return None


def _made_at(address: str) -> datetime | None:
    """The moment that the address of a copy names; its day where the hour is not in UTC."""
    found = _MOMENT.search(urlsplit(address).path)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    local = found is not None and re.match(r"\d{4}-\d{4}-", found[1]) is not None
    try:
        day = datetime.strptime(digits[:8], "%Y%m%d").replace(tzinfo=UTC)
        clock = datetime.strptime(digits[8:14].ljust(6, "0"), "%H%M%S")  # noqa: DTZ007 - of that day
    except ValueError:
        return None
    return day if local else day.replace(hour=clock.hour, minute=clock.minute)


def _held(address: str) -> str | None:
    """The address of the page that a copy holds: in the Internet Archive, archive.today and its
    other names, other archives that replay pages, and Google's cache.
    """
    parts = urlsplit(address)
    host = _host(parts).removeprefix("www.")
    if translated := _TRANSLATED.fullmatch(host):
        own = "-".join(one.replace("-", ".") for one in translated["rest"].split("--"))
        query = "&".join(one for one in parts.query.split("&") if not one.startswith("_x_tr_"))
        return web_address(urlunsplit(("https", own, parts.path, query, "")))
    if host == "webcache.googleusercontent.com":
        match = _CACHED.search(parts.query)
    elif (_ASKED.fullmatch(host) or _LEADING.fullmatch(host + parts.path)) and (
        asked := _IN_QUERY.search(parts.query)
    ):
        match = asked
    elif host in _WAYBACK:
        match = _ARCHIVED.match(parts.path)
    elif _SNAPSHOT_HOSTS.fullmatch(host):
        match = _SNAPSHOT.match(parts.path)
    elif _READERS.fullmatch(host):
        match = _READ.match(parts.path)
    else:
        match = _REPLAYED.match(parts.path)
    if match is None:
        return None
    is_value = match.string == parts.query
    rest = match["rest"]
    rest = unquote(rest) if is_value or "%3a" in rest.lower() else rest
    scheme = "http" if rest.lower().startswith("http:") else "https"
    held = f"{scheme}://{re.sub(r'^https?:/{1,2}', '', rest, flags=re.IGNORECASE)}"
    if parts.query and not is_value:
        held = f"{held}?{parts.query}"
    return web_address(held)


def _unwrap_amp_cache(parts: SplitResult, host: str) -> str | None:
    match = None
    if host.endswith(".cdn.ampproject.org"):
        match = _AMP_CACHE.match(parts.path)
    elif "google." in host:
        match = _AMP_VIEWER.match(parts.path)
    return f"https://{match['rest']}?{parts.query}" if match else None


def _path(path: str) -> str:
    read = unquote(path, errors="surrogateescape")
    plain = quote(read, safe=_SAFE, errors="surrogateescape")
    previous = None
    while previous != plain:
        previous = plain
        plain = _AMP_PREFIX.sub("", _AMP_PATH.sub("", plain))
        plain = re.sub(r"//+", "/", plain)
        plain = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?)$", "", plain).rstrip("/")
    return plain


def _query(query: str) -> str:
    if query.count("&") > _MAX_PARAMETERS:
        return query
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not _TRACKING.fullmatch(name)
        and not (name.lower() in _VARIANT_PARAMETERS and value.lower() in _VARIANTS)
        and not (not value and name.lower() in _VARIANTS)
    ]
    return urlencode(sorted(kept), safe="/:@!$'()*,;~", errors="surrogateescape")
