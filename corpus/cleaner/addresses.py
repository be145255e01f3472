"""Addresses: when are two addresses one article?

`canonical_url` folds away what changes without changing the article: case of the host, default
ports, fragments, tracking parameters, the `amp`, `mobile` and `print` variants of a page, and the
Internet Archive's address before that of the original.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_.*|ga_.*|fb_.*|mc_.*|pk_.*|mtm_.*|hsa_.*|_hs.*|at_(?:medium|campaign|custom.*|format|link.*|ptr.*)|"
    r"xtor|fbclid|gclid|gclsrc|dclid|yclid|msclkid|twclid|igshid|igsh|mkt_tok|ns_(?:campaign|mchannel|source|"
    r"linkname|fee)|cmp(?:id)?|icid|ito|ocid|ncid|sref|smid|smtyp|rss|feedtype|feedname|ref|refsrc|ref_src|referrer|"
    r"referer|recirc|via|share|shared|sharetype|spm|sr_share|taid|tblci|wt_.*|wtrid|__twitter_impression|"
    r"guccounter|guce_.*|soc_.*|s_cid|nocache|cachebuster|amp|outputtype|print|printable|isamp",
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
_AMP_CACHE = re.compile(r"^/(?:[cvwi]|c/s|v/s)/(?:s/)?(?P<rest>[^/]+\..+)$")
_ARCHIVED = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(?P<rest>(?:https?:/{1,2})?[^/]+\..+)$")
_MAX_PARAMETERS = 200
_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=~-._%"


def canonical_url(url: str) -> str:
    """One form for all addresses of a page; an address that is not http(s) is returned trimmed.

    Idempotent. `http` becomes `https`: two schemes of one host are the same page. `www.` and `m.`
    stay or go as readers know them: `m.`, `amp.` and `mobile.` go, `www.` goes too.
    """
    text = "".join(url.split())
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return text
    if parts.scheme.lower() not in _PORTS or not host:
        return text
    cached = _unwrap_archive(parts, host) or _unwrap_amp_cache(parts, host)
    if cached is not None:
        return canonical_url(cached)
    netloc = _bare_host(host)
    if port is not None and port not in _PORTS.values():
        netloc = f"{netloc}:{port}"
    return urlunsplit(("https", netloc, _path(parts.path), _query(parts.query), ""))


def _bare_host(host: str) -> str:
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in ("www", "m", "amp", "mobile"):
        labels = labels[1:]
    return ".".join(labels)


def _unwrap_archive(parts: SplitResult, host: str) -> str | None:
    """The address of the original of a copy in the Internet Archive."""
    match = _ARCHIVED.match(parts.path) if host == "web.archive.org" else None
    if match is None:
        return None
    rest = re.sub(r"^https?:/{1,2}", "", match["rest"])
    return f"https://{rest}" + (f"?{parts.query}" if parts.query else "")


def _unwrap_amp_cache(parts: SplitResult, host: str) -> str | None:
    if host.endswith(".cdn.ampproject.org") or parts.path.startswith("/amp/s/"):
        path = parts.path.removeprefix("/amp/s/")
        if path != parts.path and "google." in host:
            return f"https://{path}" + (f"?{parts.query}" if parts.query else "")
        match = _AMP_CACHE.match(parts.path)
        if match:
            return f"https://{match['rest']}" + (f"?{parts.query}" if parts.query else "")
    return None


def _path(path: str) -> str:
    plain = (
        quote(
            unquote(path, errors="surrogateescape"),
            safe=_SAFE.replace("%", ""),
            errors="surrogateescape",
        )
        if "%" in path
        else quote(path, safe=_SAFE)
    )
    previous = None
    while previous != plain:
        previous = plain
        plain = _AMP_PREFIX.sub("", _AMP_PATH.sub("", plain))
        plain = re.sub(r"//+", "/", plain)
        plain = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?)$", "/", plain)
        if len(plain) > 1:
            plain = plain.rstrip("/")
    return "" if plain == "/" else plain


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
