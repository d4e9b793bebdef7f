"""Asking the network, politely and warily: robots.txt, one question at a time, and no answer without bounds."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from tracker import __version__
from tracker.collect.addresses import show_address
from tracker.collect.rejected import UnreadableError
from tracker.collect.sources import Manners

if TYPE_CHECKING:
    import requests
    from protego import Protego

    from tracker.collect.connections import Guard

LOG = logging.getLogger("tracker.fetching")
LOG.addHandler(logging.NullHandler())
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_MAX_REDIRECTS = 5
_MAX_FAILURES = 3
"""Addresses of one host, one after the other; a host that is down would else hold up the run for each of its pages."""
_ROBOTS_BYTES = 512 * 1024
_MAX_CRAWL_DELAY = 30.0
_CHUNK = 1 << 16
_MAX_VALIDATOR = 500
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,80}", re.ASCII)


class UnreachedError(UnreadableError):
    """An address that gave no answer that can be used; asking again another day may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered. `body` is empty where nothing has changed since the last visit."""

    address: str
    """After redirects."""
    body: bytes
    unchanged: bool
    kind: str
    """The media type in small letters, such as text/html; "" where the answer names none."""
    charset: str | None
    etag: str | None
    last_modified: str | None


class Web:
    """The network as one run asks it. Close it, or use it as a context manager."""

    def __init__(self, manners: Manners, sleep: Callable[[float], None] = time.sleep) -> None:
        self._manners = manners
        self._sleep = sleep
        self._sessions: dict[bool, tuple[requests.Session, Guard]] = {}
        self._robots: dict[str, Protego | str | None] = {}
        self._asked_at: dict[str, float] = {}
        self._shunned: dict[str, str] = {}
        self._failed: dict[str, int] = {}
        contact = f"+{manners.contact}" if manners.contact else "no contact given"
        self.user_agent = f"casualty-tracker/{__version__} ({contact})"

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all connections."""
        for session, guard in self._sessions.values():
            session.close()
            guard.close()
        self._sessions.clear()

    def ask(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        robots: bool = True,
        allow_private: bool = False,
        accept: str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        parameters: Mapping[str, Any] | None = None,
    ) -> Answer:
        """The answer of an address, after redirects; UnreachedError in one sentence where there is none to be used.

        With `etag` or `last_modified` of the last visit, the answer may be that nothing changed. `parameters` are
        posted as JSON.
        """
        headers = {"User-Agent": self.user_agent, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        seen: list[str] = []
        while True:
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise UnreachedError(f"it leads to {show_address(address)}, which is no address on the web.")
            if address in seen:
                raise UnreachedError("it is redirected in a circle.")
            if len(seen) > _MAX_REDIRECTS:
                raise UnreachedError(f"it is redirected more than {_MAX_REDIRECTS} times.")
            seen.append(address)
            if robots and not self._may_ask(address, allow_private):
                raise UnreachedError("the robots.txt of its host asks programs to stay away from it.")
            answer, target = self._ask_patiently(address, headers, allow_private, parameters)
            if answer is not None:
                return answer
            address = urljoin(address, target)

    # Manners.

    def _may_ask(self, address: str, allow_private: bool) -> bool:
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._ask_robots(root, allow_private)
        rules = self._robots[root]
        if isinstance(rules, str):
            raise UnreachedError(rules)
        return rules is None or bool(rules.can_fetch(address, self.user_agent))

    def _ask_robots(self, root: str, allow_private: bool) -> Protego | str | None:
        """The rules of a host; None where it has none. One that fails is not asked further: why (RFC 9309)."""
        from protego import Protego

        place, accept = f"{root}/robots.txt", "text/plain,*/*;q=0.1"
        try:
            answer = self.ask(place, robots=False, allow_private=allow_private, accept=accept)
        except _RefusedError:
            return None
        except UnreachedError as error:
            return f"the robots.txt of its host gives no answer: {error}"
        return Protego.parse(answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace"))

    def _wait_turn(self, address: str) -> None:
        """Lets a host rest between two questions, as long as it or the manners say."""
        parts = urlsplit(address)
        delay = self._manners.delay
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        if rules is not None and not isinstance(rules, str) and (wished := rules.crawl_delay(self.user_agent)):
            delay = max(delay, min(float(wished), _MAX_CRAWL_DELAY))
        rested = time.monotonic() - self._asked_at.get(parts.netloc, float("-inf"))
        if rested < delay:
            self._sleep(delay - rested)
        self._asked_at[parts.netloc] = time.monotonic()

    # One question.

    def _ask_patiently(
        self, address: str, headers: Mapping[str, str], allow_private: bool, parameters: Mapping[str, Any] | None
    ) -> tuple[Answer | None, str]:
        """The answer, or where it redirects to. A passing failure is waited out, a host that asks for rest is left."""
        host = urlsplit(address).netloc
        for attempt in range(self._manners.retries + 1):
            if host in self._shunned:
                raise UnreachedError(self._shunned[host])
            self._wait_turn(address)
            try:
                answer = self._ask_once(address, headers, allow_private, parameters)
                self._failed.pop(host, None)
                return answer
            except _PassingError as failure:
                wait = failure.wait if failure.wait is not None else 2.0**attempt
                if failure.wait is not None and wait > self._manners.patience:
                    self._shunned[host] = f"its host asks to be left alone for {wait:.0f} seconds; try again then."
                    raise UnreachedError(self._shunned[host]) from None
                if attempt == self._manners.retries:
                    self._failed[host] = self._failed.get(host, 0) + 1
                    if self._failed[host] == _MAX_FAILURES:
                        self._shunned[host] = (
                            f"its host failed {_MAX_FAILURES} times running; it is left alone for now."
                        )
                    raise UnreachedError(str(failure)) from None
                self._sleep(wait)
        raise AssertionError("a question ends with an answer or an error")

    def _ask_once(
        self, address: str, headers: Mapping[str, str], allow_private: bool, parameters: Mapping[str, Any] | None
    ) -> tuple[Answer | None, str]:
        import requests
        from urllib3.exceptions import HTTPError

        from tracker.collect.connections import PrivateAddressError

        session, guard = self._session(allow_private)
        timer = Timer(self._manners.deadline, guard.cut)
        timer.daemon = True
        timer.start()
        started = time.monotonic()
        try:
            response = session.request(
                "GET" if parameters is None else "POST",
                address,
                headers=dict(headers),
                json=parameters,
                stream=True,
                allow_redirects=False,
                timeout=self._manners.timeout,
            )
            with response:
                answer = self._read(response, address, started)
            if time.monotonic() - started >= self._manners.deadline:  # it was cut off, and looks as if it had ended
                raise UnreachedError(f"its answer took more than {self._manners.deadline:g} seconds.")
            return answer
        except PrivateAddressError:
            raise UnreachedError(
                "its host is on this machine or a private network; set allow_private for the source if it is meant so."
            ) from None
        except requests.Timeout:
            raise _PassingError(f"its host said nothing for {self._manners.timeout:g} seconds.") from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError, ValueError):
            raise UnreachedError("it is no address that can be asked.") from None
        except (requests.RequestException, HTTPError, OSError) as error:
            if time.monotonic() - started >= self._manners.deadline:
                raise UnreachedError(f"its answer took more than {self._manners.deadline:g} seconds.") from None
            raise _PassingError(f"{_phrase(error)}.") from None
        finally:
            timer.cancel()

    def _session(self, allow_private: bool) -> tuple[requests.Session, Guard]:
        from tracker.collect.connections import Guard, guarded_session

        if allow_private not in self._sessions:
            guard = Guard(allow_private)
            self._sessions[allow_private] = (guarded_session(guard), guard)
        return self._sessions[allow_private]

    def _read(self, response: requests.Response, address: str, started: float) -> tuple[Answer | None, str]:
        status = response.status_code
        LOG.info("asked", extra={"address": show_address(address), "status": status})
        if status in (301, 302, 303, 307, 308):
            if target := response.headers.get("Location"):
                return None, target
            raise UnreachedError("it is redirected to nowhere.")
        if status in _PASSING:
            raise _PassingError(f"its host answered {_name_status(status)}.", _asked_wait(response))
        if status not in (200, 203, 304):
            raise _RefusedError(f"its host answered {_name_status(status)}.")
        described = Message()
        described["content-type"] = response.headers.get("Content-Type", "")
        answer = Answer(
            address=address,
            body=b"" if status == 304 else self._read_body(response, started),
            unchanged=status == 304,
            kind=_kind(described),
            charset=described.get_content_charset(),
            etag=_validator(response.headers.get("ETag")),
            last_modified=_validator(response.headers.get("Last-Modified")),
        )
        return answer, ""

    def _read_body(self, response: requests.Response, started: float) -> bytes:
        """The whole body, unpacked; piece by piece, so that neither its size nor its time goes without bounds."""
        limit = int(self._manners.max_megabytes * 2**20)
        pieces, size = [], 0
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise UnreachedError(f"its answer is larger than {self._manners.max_megabytes:g} MiB.")
            if time.monotonic() - started > self._manners.deadline:
                raise UnreachedError(f"its answer took more than {self._manners.deadline:g} seconds.")
        return b"".join(pieces)


class _PassingError(Exception):
    """A failure that may be over soon; `wait` is how many seconds the host asked for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _RefusedError(UnreachedError):
    """The host answered that there is nothing, or nothing for us."""


def _name_status(status: int) -> str:
    """The number and its usual name; what the host itself calls it may be anything."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _kind(described: Message) -> str:
    kind = described.get_content_type() if described["content-type"] else ""
    return kind if _MEDIA_TYPE.fullmatch(kind) else ""


def _validator(value: str | None) -> str | None:
    """A validator that can be stored and sent back; None for what only means harm."""
    fits = value is not None and value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
    return value if fits else None


def _asked_wait(response: requests.Response) -> float | None:
    """The seconds of Retry-After, which may be a number or a moment by the host's own clock."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        here = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - here).total_seconds())
    except (TypeError, ValueError):
        return None


def _phrase(error: BaseException) -> str:
    """What happened, in the words of the innermost cause, without addresses."""
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate or encryption is not to be trusted"
    text = str(error)
    for known in ("its host is not known", "Connection refused", "Network is unreachable", "No route to host"):
        if known in text:
            return known if known.startswith("its") else f"there is no connection to its host ({known.lower()})"
    if "IncompleteRead" in text:
        return "its answer was cut off"
    if "closed connection" in text or "reset" in text or "aborted" in text:
        return "its host ended the connection"
    return f"the connection failed ({type(error).__name__})"
