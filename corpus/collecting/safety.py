"""Safety: which addresses may be fetched?

Public ones: a feed must not make us read a neighbor's router.

A name is resolved once, every address it has is checked, and the connection goes to a checked
address, not to the name again: a name server that changes its answer gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from corpus.errors import CollectError, UnsafeInput

_ENDING_IN_IPV4 = tuple(  # translated by a gateway (RFC 6052), stateless (2765), compatible (4291)
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96"))
)
_ISATAP = 0x5EFE  # what stands before the IPv4 address (RFC 5214)
_GLOBAL = ipaddress.IPv6Network("2000::/3")  # nothing else is routed
_DOCUMENTED = ipaddress.IPv6Network("3fff::/20")  # newer than this Python (RFC 9637)
_FOR_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")  # RFC 6890; this Python knows a part of it
_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the web, taken apart.

    Attributes:
        host: the name as DNS knows it; an IPv6 address without brackets.
        authority: host and port as the `Host` header has them.
        path: path and query, quoted.
    """

    scheme: str
    host: str
    port: int
    authority: str
    path: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"


def target_of(url: str) -> Target:
    """Takes a URL apart.

    Raises:
        UnsafeInput: another scheme than HTTP, or a user name in it.
        CollectError: it is no address of the web.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if host and not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise CollectError("not an address", where=url) from None
    if parts.scheme not in _PORTS or parts.username is not None:
        raise UnsafeInput(
            "only plain http and https addresses are fetched",
            where=url,
            advice="Write https://HOST/PATH",
        )
    try:
        path = parse_url(f"http://host{parts._replace(scheme='', netloc='').geturl()}").request_uri
    except LocationParseError:
        raise CollectError("not an address", where=url) from None
    if not host:
        raise CollectError("the address names no host", where=url)
    shown = f"[{host}]" if ":" in host else host
    default = _PORTS[parts.scheme]
    authority = shown if port in (None, default) else f"{shown}:{port}"
    return Target(parts.scheme, host, port or default, authority, path)


def checked_addresses(target: Target, *, allow_private: bool) -> list[str]:
    """The addresses of a host, every one of them checked.

    Raises:
        UnsafeInput: one of them is not public.
        CollectError: the name cannot be resolved.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CollectError(
            f"the name cannot be resolved ({error})", where=target.origin, temporary=True
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise UnsafeInput(
                    f"the host has the private address {address}",
                    where=target.origin,
                    advice="If it is yours, allow it with --allow-private",
                )
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, looking into those that wrap another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _wrapped(address)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL or address in _DOCUMENTED:
            return False
    elif address in _FOR_PROTOCOLS:
        return False
    return address.is_global and not address.is_multicast


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older address in one that is mapped, translated, tunneled, or compatible with it."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    is_isatap = int(address) >> 32 & 0xFDFFFFFF == _ISATAP
    return last if is_isatap or any(address in network for network in _ENDING_IN_IPV4) else None
