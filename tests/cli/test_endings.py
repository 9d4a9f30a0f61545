"""However a command ends: a status, at most one line, and never a traceback."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_archive.cli import check
from policy_archive.cli.main import main

from ..repositories import text

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "content" / "policies"
COMMAND = [sys.executable, "-m", "policy_archive"]

Capture = pytest.CaptureFixture[str]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, **options
    )


def test_as_a_module() -> None:
    found = run("--version")
    assert (found.returncode, found.stderr) == (0, "")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", found.stdout)
    assert "usage: policy-archive " in run("--help").stdout


@pytest.mark.parametrize("command", ["inspect", "check", "label"])
def test_a_missing_file_is_a_sentence(command: str, capsys: Capture) -> None:
    assert main([command, "/nowhere/at/all.md"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(
        r"policy-archive: /nowhere/at/all\.md: no such file.*\n", captured.err, re.IGNORECASE
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "COMMAND"),
        (["chekc"], "invalid choice: 'chekc'"),
        (["inspect", "--formt", "json"], "--formt"),
        (["inspect", "--format", "yaml"], "invalid choice: 'yaml'"),
        (["check", "--ignore"], "--ignore"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], says: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as error:
        main(arguments)
    assert error.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("policy-archive")
    assert says in line
    assert line.endswith("--help")


@pytest.mark.parametrize("command", ["inspect", "check"])
def test_outside_of_projects_a_path_is_needed(
    command: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "there is no mkdocs.yml here" in line


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("plugins: [", "while parsing"),
        ("plugins: [policy-archive: {topics: 7}]", "topics"),
        ("plugins: [policy-archive: {policies: nowhere}]", "no folder 'nowhere'"),
    ],
)
def test_a_project_that_cannot_be_used_is_one_line(
    configuration: str, says: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").write_text(configuration)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"policy-archive: {tmp_path / 'mkdocs.yml'}: ")
    assert says in line


def test_a_bundle_is_a_sentence(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.bundle").write_bytes(b"# v2 git bundle\n")
    assert main(["inspect", str(tmp_path / "a.bundle")]) == 2
    assert "clone it first" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b'{"text": "a"}\n["b"]\n', b'{"text": 7}\n', b"[" * 100_000])
def test_label_names_the_line_that_it_cannot_read(data: bytes) -> None:
    found = subprocess.run([*COMMAND, "label"], input=data, capture_output=True, check=False)
    assert found.returncode == 2
    (line,) = found.stderr.decode().splitlines()
    assert re.match(r"policy-archive: standard input:[12]: not of the form ", line)


def test_label_needs_utf8(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "caf\xe9"}\n')
    assert main(["label", str(tmp_path / "a.jsonl")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "a.jsonl: not in UTF-8" in line


@pytest.mark.parametrize("options", [[], ["-v"]])
def test_a_fault_of_ours_says_so(
    options: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr(check, "_result", fail)
    assert main(["check", *options, str(POLICIES)]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if "read as" not in line]
    assert lines[-1].startswith("policy-archive: a fault of this program, KeyError: 'no such thing")
    assert "please report it" in lines[-1]
    assert (len(lines) > 1) == bool(options)
    assert ("Traceback (most recent call last):" in lines) == bool(options)


@pytest.mark.parametrize("command", ["inspect", "check", "label"])
def test_a_reader_that_has_seen_enough_is_no_error(command: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"text": "We use cookies."}\n' * 500)
    path = asked if command == "label" else POLICIES
    more = ["--format", "json"] if command != "label" else []
    with subprocess.Popen(
        [*COMMAND, command, *more, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full disk to write to")
def test_a_full_disk_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [*COMMAND, "inspect", str(POLICIES)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert found.returncode == 2
    assert found.stderr == "policy-archive: No space left on device\n"


def test_any_locale_prints_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Datenschutz\n\nWir fragen nach Name und Straße: 個人情報.\n")
    environments = [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}, {}]
    found = [
        subprocess.run(
            [*COMMAND, "inspect", "--format", form, str(tmp_path)],
            capture_output=True,
            env=os.environ | environment,
            check=True,
        ).stdout
        for form in ("json", "text")
        for environment in environments
    ]
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert "個人情報" in found[2].decode("utf-8")


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough for worker processes, and for longer than a test waits."""
    folder = tmp_path_factory.mktemp("much") / "policies"
    folder.mkdir()
    for number in range(400):
        (folder / f"lamps{number}.example.md").write_text(text(str(number)) * 40)
    return folder


def group(leader: int) -> Iterator[int]:
    """The processes of a group, where the system tells."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = place.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[2]) == leader and fields[0] != "Z":
                yield int(place.parent.name)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="cannot see other processes")
@pytest.mark.parametrize(
    ("command", "processes"),
    [
        (["check"], 5),  # ours, its fork server, that one's tracker, two workers
        (["inspect", "--format", "jsonl"], 1),
        (["label"], 1),
    ],
)
@pytest.mark.parametrize("everybody", [True, False])
def test_an_interrupt_ends_it_at_once(
    command: list[str], processes: int, everybody: bool, much: Path
) -> None:
    """A terminal sends its Ctrl-C to everybody, `kill -INT` to one."""
    paths = [] if command == ["label"] else [str(much)]
    process = subprocess.Popen(
        [*COMMAND, *command, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    limit = time.monotonic() + 20
    while len(list(group(process.pid))) < processes and time.monotonic() < limit:
        time.sleep(0.02)
    time.sleep(1)  # in the middle of its work
    assert len(list(group(process.pid))) >= processes
    begun = time.monotonic()
    (os.killpg if everybody else os.kill)(process.pid, signal.SIGINT)
    status = process.wait(timeout=20)
    # A third of a second where nothing else runs; work under way would take many.
    assert time.monotonic() - begun < 3
    _, said = process.communicate(timeout=20)
    assert (status, said) == (130, b"policy-archive: interrupted\n")
    while list(group(process.pid)) and time.monotonic() < limit:
        time.sleep(0.02)
    assert list(group(process.pid)) == []


INTERRUPTED_IMPORT = """
import sys
from policy_archive.cli import main

def strike(name):
    exec("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)")

main.import_module = strike
sys.exit(main.main(["check"]))
"""


def test_an_interrupt_during_imports_is_one_too(tmp_path: Path) -> None:
    (tmp_path / "strike.py").write_text(INTERRUPTED_IMPORT)
    found = subprocess.run(
        [sys.executable, "-m", "strike"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (130, "policy-archive: interrupted\n")
