"""What several rooms' tests share: the extractor by the real rules, databases, and a web server of our own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from tracker.extract import load_extractor
from tracker.extract.extractor import Extractor
from tracker.settings import load_settings


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return load_extractor(load_settings())


# A fresh database for every test: SQLite, and PostgreSQL. Its server is the one that TRACKER_TEST_POSTGRES names, else
# one that is started here; only where its programs are not installed, and not in CI, its tests are skipped.


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server's database in which tests may make schemas."""
    if given := os.environ.get("TRACKER_TEST_POSTGRES"):
        yield given
        return
    programs = _postgres_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed; in CI its tests are not skipped")
        pytest.skip("PostgreSQL is not installed here, and TRACKER_TEST_POSTGRES names no server")
    pytest.importorskip("psycopg")
    # Not below pytest's own folders, which only their owner may enter: the server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    if other:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **other,
        )

    data = str(folder / "data")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    try:
        call("initdb", "-D", data, "-U", "tracker", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        call("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tracker@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'tracker.db'}"
        return
    with postgres_schema(request.getfixturevalue("postgres_url"), f"tracker_test_{os.getpid()}") as url:
        yield url


class postgres_schema:  # noqa: N801
    """A schema of its own in a PostgreSQL database, as a URL."""

    def __init__(self, server: str, schema: str) -> None:
        self._engine = sqlalchemy.create_engine(server)
        self._schema = schema

    def __enter__(self) -> str:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {self._schema}")
        url = self._engine.url.update_query_dict({"options": f"-csearch_path={self._schema}"})
        return url.render_as_string(hide_password=False)

    def __exit__(self, *_error: object) -> None:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {self._schema} CASCADE")
        self._engine.dispose()


# A web server on loopback, which answers as a test says.

Answer = tuple[int, dict[str, str], bytes]
Route = Answer | bytes | str | Callable[[BaseHTTPRequestHandler], Answer | None]


class Site:
    """What the server answers, by path, and what it was asked. A route may be a function that writes by itself."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        """Method, path, headers (small letters) and body of each question."""
        self.address = ""
        self.stopped = threading.Event()

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.address}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [path for _, path, _, _ in self.asked if path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.asked.append((self.command, self.path, headers, self.rfile.read(length)))
        route = self.site.routes.get(self.path, (404, {}, b"nothing here"))
        answer: Any = route
        if callable(route):
            answer = route(self)
            if answer is None:
                self.close_connection = True
                return
        if isinstance(answer, str | bytes):
            body = answer.encode() if isinstance(answer, str) else answer
            answer = (200, {"Content-Type": "text/html; charset=utf-8"}, body)
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the tests say what they expect."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """Nothing: clients that hang up are what some tests are about."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback for one test."""
    served = Site()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": served}))
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    served.stopped.set()
    server.shutdown()
    server.server_close()
