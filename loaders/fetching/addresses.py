"""Where a URL leads: over HTTP only, and to machines of the public internet only, unless the user allows more."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from loaders.fetching.errors import AddressError, UnaskedError

Resolve = Callable[..., list[tuple[Any, ...]]]  # as `socket.getaddrinfo`
IP = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_SAFE = "/%:@!$&'()*+,;=~"
_TRACKING = re.compile(r"(?<=[?&])utm_[a-z]+=[^&]*&?")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask of which host; `path` with its query, and `host` as DNS writes it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address, without what browsers keep for themselves."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port == PORTS[self.scheme] else f':{self.port}'}{self.path}"


def without_tracking(url: str) -> str:
    """The URL of a page without what feeds add to it so as to see who comes from them."""
    plain, _, _ = url.partition("#")
    return _TRACKING.sub("", plain).rstrip("?&")


def parse(url: str, base: str = "") -> Target:
    """The target that a URL means, or a reference on the page `base`. Raises `AddressError`."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname or "", parts.port
        path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE + "?")
    except ValueError as error:  # also for half a character
        raise AddressError(f"it is no address ({error})") from error
    if parts.scheme not in PORTS:
        raise AddressError(f"only http:// and https:// are fetched, and not {parts.scheme or 'a part of one'}:")
    if parts.username is not None or parts.password is not None:
        raise AddressError("the address holds a login, which is never sent; leave it out")
    return Target(parts.scheme, _host(host), port or PORTS[parts.scheme], f"{path}?{query}" if query else path)


def _host(name: str) -> str:
    """A host as DNS writes it. Raises `AddressError`."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise AddressError("it is no address (the host is no IPv6 address)") from None
    try:
        ascii = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii = ""
    if not _NAME.fullmatch(ascii):
        raise AddressError("it is no address (there is no such form of host)")
    return ascii


def resolve(target: Target, *, allow_private: bool, lookup: Resolve = socket.getaddrinfo) -> list[str]:
    """The numeric addresses of a host, none of them private unless that is allowed. Raises `FetchError`.

    One that is private refuses the host, since no honest name has both. What is spelt as a number (`2130706433`,
    `0177.1`) is looked up as well, and so becomes what it stands for.
    """
    try:
        found = lookup(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnaskedError(f"its host {target.host} is not found ({error})") from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for number in numbers:
        if not allow_private and not is_public(ipaddress.ip_address(number)):
            raise AddressError(f"its host has the private address {number} (--allow-private permits that)")
    return numbers


def is_public(address: IP) -> bool:
    """Whether it is a machine of the public internet, by the registries of special addresses (RFC 6890)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour or address.teredo or address.is_site_local:  # tunnels to anywhere, and what they replaced
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
