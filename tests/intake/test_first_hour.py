"""From nothing to a site with ten years of two addresses, as the how-to has it."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .servers import Door, served
from .warcs import Answer, revisit, write

pytestmark = pytest.mark.build

ROOT = Path(__file__).parents[2]
LAMPS, CHAIRS = "https://lamps.example/privacy", "https://chairs.example/terms"
MOMENTS = [f"{year}{month:02}15120000" for year in range(2014, 2024) for month in range(1, 13)]
POLICY = (
    "<!doctype html><html><body><h1>{title}</h1><p>We at {site} collect your name and address when "
    "you order, and share them with the carrier alone. We use cookies to remember your basket. This "
    "is version {version}, which we may change from time to time; we will say so on this page.</p>"
    "<h2>Retention</h2><p>We keep your data for {version} years, and delete it then.</p></body></html>"
)


def lamps() -> Iterator[Answer]:
    """A change a year, repetitions between; an error, and a redirect to where it had moved."""
    for moment in MOMENTS:
        year, month = int(moment[:4]), moment[4:6]
        text = POLICY.format(title="Privacy Policy", site="Lamps", version=year - 2013)
        first = Answer(LAMPS, f"{year}0115120000", text)
        if (year, month) == (2017, "01"):
            yield Answer(LAMPS, moment, "Too many", status="429 Too Many Requests")
        elif (year, month) == (2019, "03"):
            target = "https://lamps.example/legal/privacy"
            yield Answer(LAMPS, moment, "", status="302 Found", headers={"Location": target})
            yield Answer(target, f"{moment[:-2]}07", text.replace("the carrier", "a carrier"))
        elif month == "01":
            yield first
        elif year == 2017:
            yield Answer(LAMPS, moment, text)
        else:
            yield revisit(first, moment)


def chairs() -> Iterator[Answer]:
    """A change a quarter."""
    for number, moment in enumerate(MOMENTS):
        text = POLICY.format(title="Terms of Service", site="Chairs", version=number // 3)
        yield Answer(CHAIRS, moment, text)


@pytest.fixture(scope="module", params=["ours", "pywb"])
def door(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("archive")
    files = [write(folder / "lamps.warc.gz", lamps()), write(folder / "chairs.warc.gz", chairs())]
    with served(files, request.param, folder) as found:
        yield found


def how_to() -> tuple[list[str], str]:
    """The three commands, and what the second prints."""
    text = (ROOT / "docs/how-to.md").read_text("utf-8")
    part = text.split("## Begin with two addresses\n")[1].split("\n## ")[0]
    commands = re.search(r"```sh\n(.*?)```", part, re.DOTALL)
    printed = re.search(r"```text\n(.*?)```", part, re.DOTALL)
    assert commands and printed
    return commands[1].splitlines(), printed[1]


def test_three_commands_and_under_two_minutes(tmp_path: Path, door: Door) -> None:
    commands, printed = how_to()
    assert len(commands) == 3
    started = time.monotonic()
    outputs = []
    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "policy-archive":
            arguments += ["--archive", door.archive] if arguments[0] == "add" else []
            program = "policy_archive"
        done = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        outputs.append(done.stdout)
    assert time.monotonic() - started < 120
    assert outputs[1].replace(door.archive, "https://web.archive.org/web") == printed
    pages = tmp_path / "site/policies"
    for policy, number in (("lamps.example", 11), ("chairs.example/terms-of-service", 40)):
        assert sum(it.name.isdecimal() for it in (pages / policy).iterdir()) == number
    newest = (pages / "lamps.example/20230115120000/index.html").read_text("utf-8")
    assert "We keep your data for 10 years" in newest
    assert f"{door.archive}/20230115120000/{LAMPS}" in newest
