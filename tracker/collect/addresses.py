"""Addresses on the web: which are the same page, and which a program may go to."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from tracker.collect.rejected import printable
from tracker.errors import UsageError

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|ref_src|at_medium|at_campaign)", re.IGNORECASE)
_SECRET = re.compile(r"([?&][\w-]*(?:key|token|secret|password|appname|auth|sig)[\w-]*=)[^&#\s]+", re.IGNORECASE)
_MAX_LENGTH = 2000


def is_address(word: str) -> bool:
    """Whether a word is an address on the web rather than a path."""
    return word.lower().startswith(("http://", "https://"))


def tidy_address(address: str) -> str:
    """The address without fragment, without the marks of those who count readers, its host in small letters."""
    try:
        parts = urlsplit(address.strip())
        if not parts.hostname:
            return address.strip()
        host = parts.hostname
        host = f"[{host}]" if ":" in host else host
        default = {"http": 80, "https": 443}.get(parts.scheme)
        host = host if parts.port in (None, default) else f"{host}:{parts.port}"
    except ValueError:
        return address.strip()
    query = parts.query
    if any(_TRACKING.fullmatch(key) for key, _ in parse_qsl(query, keep_blank_values=True)):
        kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(key)]
        query = urlencode(kept)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, host, path, query, ""))


def require_address(address: str) -> str:
    """The address itself; UsageError where no program could go there."""
    try:
        parts = urlsplit(address)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_fits = urlsplit(""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits or len(address) > _MAX_LENGTH:
        raise UsageError(f"{show_address(address)} is no address on the web; write it like https://example.org/feed.")
    return address


def show_address(address: str) -> str:
    """The address as it may be shown and logged: without a password, and without the values of what may be keys."""
    shown = re.sub(r"(?<=//)[^/@\s]*@", "***@", address[:_MAX_LENGTH])
    return printable(_SECRET.sub(r"\1***", shown))


def is_public(host: str) -> bool:
    """Whether a numeric address is one of the open internet: not of this machine, this network, or reserved."""
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if number in ipaddress.ip_network("64:ff9b::/96"):  # an IPv4 address behind a translator
            return is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)))
    return number.is_global and not number.is_multicast
