"""A real server on loopback answers as servers do: late, never, in circles, packed, wrongly. None of it does harm."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import pytest

from tracker.collect.addresses import is_public, require_address, show_address, tidy_address
from tracker.collect.fetching import Answer, UnreachedError, Web
from tracker.collect.sources import Manners
from tracker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Site

HTML = {"Content-Type": "text/html"}


class Sleeper:
    """Sleeps not, and remembers for how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(round(seconds, 2))


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
def web(sleeper: Sleeper) -> Iterator[Web]:
    manners = Manners(contact="mailto:desk@example.org", delay=0, timeout=0.5, deadline=1.5, max_megabytes=0.25)
    with Web(manners, sleeper) as opened:
        yield opened


def ask(web: Web, site: Site, path: str, **options: Any) -> Answer:
    return web.ask(site.url(path), **{"allow_private": True} | options)


def refusal(web: Web, site: Site, path: str, **options: Any) -> str:
    with pytest.raises(UnreachedError) as caught:
        ask(web, site, path, **options)
    return str(caught.value)


# What is asked, and what is answered.


def test_whoever_is_asked_is_told_who_asks(web: Web, site: Site) -> None:
    site.routes["/cookie"] = 200, {"Set-Cookie": "reader=1", **HTML}, b"Two died."
    site.routes["/a"] = "Two died."
    ask(web, site, "/cookie")
    answer = ask(web, site, "/a")
    assert (answer.body, answer.kind, answer.charset, answer.unchanged) == (b"Two died.", "text/html", "utf-8", False)
    for _, _, headers, _ in site.asked:
        assert headers["user-agent"].startswith("casualty-tracker/")
        assert "+mailto:desk@example.org" in headers["user-agent"]
        assert "cookie" not in headers


def test_a_second_question_is_a_short_one(web: Web, site: Site) -> None:
    def page(request: BaseHTTPRequestHandler) -> Any:
        if request.headers["If-None-Match"] == '"v1"' and request.headers["If-Modified-Since"] == "yesterday":
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "yesterday", **HTML}, b"Two died."

    site.routes["/a"] = page
    first = ask(web, site, "/a")
    second = ask(web, site, "/a", etag=first.etag, last_modified=first.last_modified)
    assert (second.unchanged, second.body) == (True, b"")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_answers_are_unpacked(web: Web, site: Site, encoding: str) -> None:
    import zlib

    body = (gzip.compress if encoding == "gzip" else zlib.compress)(b"Two died.")
    site.routes["/a"] = 200, {"Content-Encoding": encoding, **HTML}, body
    assert ask(web, site, "/a").body == b"Two died."


def test_an_answer_in_chunks_is_joined(web: Web, site: Site) -> None:
    def chunks(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nTwo \r\n5\r\ndied.\r\n0\r\n\r\n"
        )

    site.routes["/a"] = chunks
    assert ask(web, site, "/a").body == b"Two died."


# Bounds.


def test_a_bomb_is_not_unpacked(web: Web, site: Site) -> None:
    site.routes["/a"] = 200, {"Content-Encoding": "gzip", **HTML}, gzip.compress(b" " * 50_000_000)
    assert refusal(web, site, "/a") == "its answer is larger than 0.25 MiB."


def test_an_endless_answer_ends(web: Web, site: Site) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not site.stopped.is_set():
            request.wfile.write(b"blood " * 1000)

    site.routes["/a"] = endless
    assert refusal(web, site, "/a") == "its answer is larger than 0.25 MiB."


@pytest.mark.parametrize("in_head", [False, True])
def test_an_answer_that_trickles_is_cut_off(web: Web, site: Site, in_head: bool) -> None:
    def trickle(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " if in_head else b"HTTP/1.1 200 OK\r\n\r\n")
        while not site.stopped.wait(0.1):
            request.wfile.write(b"x")

    site.routes["/a"] = trickle
    started = time.monotonic()
    assert refusal(web, site, "/a") == "its answer took more than 1.5 seconds."
    assert time.monotonic() - started < 5


def test_a_host_that_says_nothing_is_asked_thrice(web: Web, site: Site, sleeper: Sleeper) -> None:
    site.routes["/a"] = lambda _: site.stopped.wait(10) and None
    assert refusal(web, site, "/a", robots=False) == "its host said nothing for 0.5 seconds."
    assert site.paths() == ["/a"] * 3
    assert sleeper.slept == [1, 2]


def test_an_answer_that_is_cut_off_is_no_answer(web: Web, site: Site) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nTwo died")

    site.routes["/a"] = cut
    assert refusal(web, site, "/a") == "its answer was cut off."


def test_no_host_and_no_server_are_said_in_words(web: Web, site: Site) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(UnreachedError, match=r"^there is no connection to its host \(connection refused\)\.$"):
        web.ask(f"http://127.0.0.1:{port}/", allow_private=True, robots=False)
    with pytest.raises(UnreachedError, match=r"^its host is not known\.$"):
        web.ask("http://no-such-host.invalid/", robots=False)
    site.routes["/a"] = lambda request: request.wfile.write(b"\x15\x03\x01 this is not HTTP\r\n\r\n") and None
    assert refusal(web, site, "/a", robots=False).startswith(("its host", "the connection"))


# Failures that pass, and those that do not.


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_passing_failure_is_waited_out(web: Web, site: Site, sleeper: Sleeper, status: int) -> None:
    answers = iter([(status, {}, b""), (status, {}, b""), (200, HTML, b"Two died.")])
    site.routes["/a"] = lambda _: next(answers)
    assert ask(web, site, "/a").body == b"Two died."
    assert sleeper.slept == [1, 2]
    site.routes["/b"] = status, {}, b""
    assert refusal(web, site, "/b").startswith(f"its host answered {status} (")
    assert site.paths().count("/b") == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_taken_for_one(web: Web, site: Site, status: int) -> None:
    site.routes["/a"] = status, {}, b""
    assert refusal(web, site, "/a").startswith(f"its host answered {status} (")
    assert site.paths() == ["/a"]


def test_a_host_that_asks_for_time_gets_it(web: Web, site: Site, sleeper: Sleeper) -> None:
    answers = iter([(429, {"Retry-After": "7"}, b""), (200, HTML, b"Two died.")])
    site.routes["/a"] = lambda _: next(answers)
    assert ask(web, site, "/a").body == b"Two died."
    assert sleeper.slept == [7]


@pytest.mark.parametrize("asked", ["3600", "date"])
def test_a_host_that_asks_for_much_time_is_left_alone(web: Web, site: Site, sleeper: Sleeper, asked: str) -> None:
    def busy(request: BaseHTTPRequestHandler) -> Any:
        later = request.date_time_string(int(time.time()) + 3600) if asked == "date" else asked
        return 429, {"Retry-After": later}, b""

    site.routes["/a"], site.routes["/b"] = busy, "Two died."
    found = refusal(web, site, "/a")
    assert found == "its host asks to be left alone for 3600 seconds; try again then."
    assert refusal(web, site, "/b") == found
    assert site.paths() == ["/a"]
    assert sleeper.slept == []


def test_a_host_that_fails_again_and_again_is_left_alone(web: Web, site: Site) -> None:
    site.routes |= {f"/{number}": (503, {}, b"") for number in range(9)} | {"/fine": "Two died."}
    for path in ("/0", "/1", "/fine", "/2", "/3"):
        if path == "/fine":
            ask(web, site, path)
        else:
            assert "answered 503" in refusal(web, site, path)
    assert "answered 503" in refusal(web, site, "/4")
    assert refusal(web, site, "/5") == "its host failed 3 times running; it is left alone for now."
    assert "/5" not in site.paths()


# Redirects.


def test_redirects_are_followed_within_bounds(web: Web, site: Site) -> None:
    for number in range(9):
        site.routes[f"/{number}"] = 301 + (number % 2), {"Location": f"/{number + 1}"}, b""
    site.routes["/9"] = "Two died."
    assert ask(web, site, "/5").address == site.url("/9")
    assert refusal(web, site, "/2") == "it is redirected more than 5 times."
    site.routes["/x"], site.routes["/y"] = (302, {"Location": "/y"}, b""), (307, {"Location": "/x"}, b"")
    assert refusal(web, site, "/x") == "it is redirected in a circle."
    site.routes["/z"] = 302, {}, b""
    assert refusal(web, site, "/z") == "it is redirected to nowhere."


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:25/", "data:,x"])
def test_redirects_do_not_lead_off_the_web(web: Web, site: Site, target: str) -> None:
    site.routes["/a"] = 302, {"Location": target}, b""
    assert "which is no address on the web" in refusal(web, site, "/a")


# Private addresses.


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "169.254.169.254"],
)
def test_private_addresses_are_not_connected_to(web: Web, host: str) -> None:
    with pytest.raises(UnreachedError, match=r"is on this machine or a private network|is not known"):
        web.ask(f"http://{host}:9/", robots=False)


def test_a_redirect_to_a_private_address_is_not_followed(web: Web, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is taken for a public one; where it leads is not."""
    port = int(site.address.rpartition(":")[2])
    site.routes["/a"] = 302, {"Location": f"http://localhost:{port}/secret"}, b""
    monkeypatch.setattr("tracker.collect.connections.is_public", lambda address: address == "127.0.0.1" and not closed)
    closed: list[int] = []
    site.routes["/a"] = lambda _: closed.append(1) or (302, {"Location": f"http://localhost:{port}/secret"}, b"")
    with pytest.raises(UnreachedError, match="private network"):
        web.ask(site.url("/a"), robots=False)
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("host", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


# robots.txt, and rest between questions.


def test_robots_are_obeyed(web: Web, site: Site) -> None:
    site.routes["/robots.txt"] = "User-agent: *\nDisallow: /private\nAllow: /private/press$\nDisallow: /*.pdf\n"
    site.routes["/private/press"] = site.routes["/public"] = "Two died."
    reason = "the robots.txt of its host asks programs to stay away from it."
    assert refusal(web, site, "/private/a") == refusal(web, site, "/x/report.pdf") == reason
    assert ask(web, site, "/private/press").body == ask(web, site, "/public").body == b"Two died."
    assert [path for _, path, _, _ in site.asked].count("/robots.txt") == 1
    assert ask(web, site, "/public", robots=False).body == b"Two died."


def test_a_redirect_does_not_lead_around_robots(web: Web, site: Site) -> None:
    site.routes["/robots.txt"] = "User-agent: casualty-tracker\nDisallow: /private\n"
    site.routes["/a"] = 302, {"Location": "/private/a"}, b""
    assert "robots.txt" in refusal(web, site, "/a")
    assert site.paths() == ["/a"]


def test_a_host_whose_robots_fail_is_left_alone(web: Web, site: Site) -> None:
    site.routes["/robots.txt"] = 503, {}, b""
    site.routes["/a"] = "Two died."
    found = refusal(web, site, "/a")
    assert found.startswith("the robots.txt of its host gives no answer: its host answered 503")
    asked = len(site.asked)
    assert refusal(web, site, "/a") == found
    assert len(site.asked) == asked


def test_a_host_rests_between_two_questions(site: Site, sleeper: Sleeper) -> None:
    site.routes["/a"] = site.routes["/b"] = "Two died."
    with Web(Manners(delay=5), sleeper) as web:
        ask(web, site, "/a", robots=False)
        ask(web, site, "/b", robots=False)
        assert [round(slept) for slept in sleeper.slept] == [5]
        site.routes["/robots.txt"] = "User-agent: *\nCrawl-delay: 9\n"
        ask(web, site, "/a")
    assert [round(slept) for slept in sleeper.slept] == [5, 5, 9]


# Addresses.


@pytest.mark.parametrize(
    ("address", "tidy"),
    [
        ("HTTP://News.Example:80/a?utm_source=x&id=3&fbclid=1#top", "http://news.example/a?id=3"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:8443/a b", "https://news.example:8443/a%20b"),
        ("https://news.example/%D0%B0?q=%20", "https://news.example/%D0%B0?q=%20"),
        ("https://user:pass@news.example/", "https://news.example/"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_one_page_has_one_address(address: str, tidy: str) -> None:
    assert tidy_address(address) == tidy


@pytest.mark.parametrize("address", ["ftp://example.org", "https://", "example.org", "http://x:99999/", "http://x:y/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address on the web"):
        require_address(address)


def test_keys_are_not_shown() -> None:
    shown = show_address("https://me:secret@example.org/v2?appname=secret&q=1&api_key=secret&x-token=secret#f")
    assert shown == "https://***@example.org/v2?appname=***&q=1&api_key=***&x-token=***#f"
