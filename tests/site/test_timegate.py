"""The TimeGate of the how-to: its map by itself, and in both servers where these are installed."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ..contracts.documents import section
from .conftest import POLICY, run, write_project

HOW_TO = Path(__file__).parents[2] / "docs/how-to.md"
OWN = "https://archive.example/policies/"
HOSTILE = "http://shop.example/$remote_addr;'\\\"}{http.request.host}/${pa_y}"
Request = Callable[[str, str | None], tuple[int, Mapping[str, str]]]


def captured(site: str, day: str, url: str = "") -> str:
    return (
        f"---\nsite: {site}\ncaptured: {day}\noriginal_url: {url or f'http://{site}/privacy'!r}\n---\n"
        + POLICY.format(name=f"{site} {day}")
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    policies = {
        "a/1.md": captured("lamps.example", "2014-05-21T17:33:13Z"),
        "a/2.md": captured("lamps.example", "2016-06-02"),
        "a/3.md": captured("lamps.example", "2019-12-31T23:59:59Z"),
        "b.md": captured("lamps.example.evil", "2012-01-01"),
        "c.md": f"---\nsite: shop.example\ncaptured: 2015-01-01\noriginal_url: >-\n  {HOSTILE}\n---\n"
        + POLICY.format(name="Shop"),
        "d.md": captured("münchen.example", "2015-01-01"),
    }
    folder = tmp_path_factory.mktemp("timegate")
    return run(
        write_project(folder, policies, site_url="https://archive.example/"), strict=False
    ).folder


def blocks(language: str) -> list[str]:
    part = section(HOW_TO, "## A TimeGate")
    return re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)


def map_of(site: Path, server: str, folder: Path) -> str:
    (script,) = blocks("python")
    (folder / "timegate.py").write_text(script, "utf-8")
    command = [sys.executable, str(folder / "timegate.py"), str(site), server]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout


LAMPS = f"{OWN}lamps.example/"
ASKED = [
    ("Wed, 01 Jan 2014 00:00:00 GMT", f"{LAMPS}20140521173313/"),
    ("Wed, 21 May 2014 17:33:13 GMT", f"{LAMPS}20140521173313/"),
    ("Wed, 01 Jun 2016 23:59:59 GMT", f"{LAMPS}20140521173313/"),
    ("Thu, 02 Jun 2016 00:00:00 GMT", f"{LAMPS}20160602/"),
    ("Tue, 31 Dec 2019 23:59:58 GMT", f"{LAMPS}20160602/"),
    ("Tue, 31 Dec 2019 23:59:59 GMT", f"{LAMPS}20191231235959/"),
    ("Fri, 01 Jan 2100 00:00:00 GMT", f"{LAMPS}20191231235959/"),
    (None, f"{LAMPS}20191231235959/"),
]


def looked_up(lines: str, key: str) -> str:
    """As both servers do: the first pattern that matches, with its groups put in."""
    for line in lines.splitlines():
        found = re.fullmatch(r'"~(.*)" "(.*)"', line)
        assert found
        if match := re.search(found[1], key):
            return re.sub(r"\$\{(\w+)\}", lambda name: match[name[1]], found[2])
    return ""


@pytest.mark.parametrize(("moment", "memento"), ASKED)
def test_the_map_leads_to_the_newest_capture_then(
    site: Path, tmp_path: Path, moment: str | None, memento: str
) -> None:
    lines = map_of(site, "caddy", tmp_path)
    digits = looked_up(lines, moment) if moment else "9" * 14
    assert re.fullmatch(r"\d{14}", digits)
    assert looked_up(lines, f"/timegate/policies/lamps.example/|{digits}") == memento


def test_lines_end_as_each_server_has_it_and_hold_no_variable(site: Path, tmp_path: Path) -> None:
    caddy, nginx = (map_of(site, it, tmp_path).splitlines() for it in ("caddy", "nginx"))
    assert [f"{line};" for line in caddy] == nginx
    assert len(nginx) == 12 + 4 + 6
    for line in caddy[12:]:
        pattern, value = line[1:-1].split('" "')
        assert not re.search(r'[$"{}\\]', value)
        assert '"' not in pattern


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int) -> Iterator[Request]:
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            for _ in range(100):
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, process.stderr and process.stderr.read()
                time.sleep(0.1)

            def request(path: str, moment: str | None) -> tuple[int, Mapping[str, str]]:
                asked = HTTPConnection("127.0.0.1", port, timeout=10)
                asked.request("GET", path, headers={"Accept-Datetime": moment} if moment else {})
                answer = asked.getresponse()
                return answer.status, dict(answer.getheaders())

            yield request
        finally:
            process.terminate()


@contextmanager
def nginx(program: str, site: Path, folder: Path) -> Iterator[Request]:
    port = free_port()
    (folder / "timegate.map").write_text(map_of(site, "nginx", folder), "utf-8")
    maps, location = blocks("nginx")
    temporary = "".join(
        f"{it}_temp_path {folder}/{it};"
        for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{maps}\n"
        f"server {{ listen 127.0.0.1:{port}; root {site};\n{location}\n}} }}\n",
        "utf-8",
    )
    with serving([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port) as request:
        yield request


@contextmanager
def caddy(program: str, site: Path, folder: Path) -> Iterator[Request]:
    port = free_port()
    (folder / "timegate.map").write_text(map_of(site, "caddy", folder), "utf-8")
    (block,) = blocks("caddyfile")
    (folder / "Caddyfile").write_text(
        f"{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{\n\troot * {site}\n{block}\tfile_server\n}}\n",
        "utf-8",
    )
    with serving([program, "run", "--config", str(folder / "Caddyfile")], port) as request:
        yield request


@pytest.mark.parametrize("server", [nginx, caddy])
def test_a_server_with_it_is_a_timegate(
    site: Path, tmp_path: Path, server: Callable[..., Iterator[Request]]
) -> None:
    program = shutil.which(server.__name__)
    if program is None:
        pytest.skip(f"{server.__name__} is not installed")
    with server(program, site, tmp_path) as request:  # type: ignore[attr-defined]
        for moment, memento in ASKED:
            status, headers = request("/timegate/policies/lamps.example/", moment)
            assert (status, headers["Location"]) == (302, memento)
            assert headers["Vary"].lower() == "accept-datetime"
            assert headers["Link"] == (
                f"<http://lamps.example/privacy>; rel=original, <{LAMPS}timemap.link>; rel=timemap"
            )
        status, headers = request("/timegate/policies/shop.example/", None)
        assert (status, headers["Location"]) == (302, f"{OWN}shop.example/20150101/")
        assert "%24remote_addr" in headers["Link"]
        assert "127.0.0.1" not in headers["Link"]
        status, headers = request("/timegate/policies/xn-mnchen-3ya.example/", None)
        assert headers["Location"] == f"{OWN}xn-mnchen-3ya.example/20150101/"
        assert request("/timegate/policies/lamps.example/", "yesterday")[0] == 400
        assert (
            request("/timegate/policies/lamps.example/", "Wed, 01 Foo 2014 00:00:00 GMT")[0] == 400
        )
        assert request("/timegate/policies/none.example/", None)[0] == 404
        assert request("/policies/lamps.example/timemap.json", None)[0] == 200
