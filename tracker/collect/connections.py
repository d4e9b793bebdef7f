"""Connections that go to the open internet only: the address that was looked at is the one that is connected to."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from tracker.collect.addresses import is_public


class PrivateAddressError(Exception):
    """A host that is, or says it is, on this machine or this network."""


class Guard:
    """What one session allows, and a hold on its newest connection, by which an endless answer is cut off."""

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private
        self._held: socket.socket | None = None
        self._lock = threading.Lock()

    def connect(self, host: str, port: int, timeout: Any) -> socket.socket:
        """A connection to the first of the host's addresses that answers, all of which must be allowed."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [(family, target) for family, _, _, _, target in found]
        if not self.allow_private and not all(is_public(str(target[0])) for _, target in addresses):
            raise PrivateAddressError(host)
        refused: OSError = OSError("the host has no address")
        for family, target in addresses:
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                if isinstance(timeout, int | float):
                    connection.settimeout(timeout)
                connection.connect(target)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                connection.close()
                refused = error
                continue
            self._hold(connection)
            return connection
        raise refused

    def _hold(self, connection: socket.socket) -> None:
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held = connection.dup()  # TLS takes the connection itself over

    def cut(self) -> None:
        """Ends the newest connection, whatever waits for it."""
        with self._lock, suppress(OSError):
            if self._held is not None:
                self._held.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Lets go of it."""
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held = None


def guarded_session(guard: Guard) -> requests.Session:
    """A session whose every connection is made by the guard; the environment (proxies, .netrc) is not looked at."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, guard)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, guard)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
            super().init_poolmanager(*arguments, **options)
            manager: PoolManager = self.poolmanager
            manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # who asks is said by the user agent alone
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter(pool_connections=1, pool_maxsize=1, max_retries=0))
    return session


def _connect(connection: HTTPConnection, guard: Guard) -> socket.socket:
    try:
        return guard.connect(connection.host, connection.port, connection.timeout)
    except PrivateAddressError:
        raise
    except socket.gaierror:
        raise NewConnectionError(connection, "its host is not known") from None
    except OSError as error:
        raise NewConnectionError(connection, f"no connection: {error.strerror or error}") from None
