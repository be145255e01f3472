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

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
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
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
