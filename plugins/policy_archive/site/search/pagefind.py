"""Pagefind as a process that is told one page after the other.

Its command line reads a folder, in the order in which the file system lists it, and numbers pages
accordingly: the same archive would have another index on another disk. As a service it takes pages
in the order in which they come, as messages of JSON in Base64 with a comma after each, and answers
each of them in the same form (as its own Python package speaks to it, which sleeps in between).
"""

import base64
import json
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

_INDEX = 0
"""The number of the only index that a process is asked for."""
_UNKNOWN = "its answer is of an unknown form"


def write_index(pages: Iterable[tuple[str, str]], folder: Path, *, keep_index: bool) -> None:
    """Index `pages` (place and HTML, in the order in which they are to be numbered) into `folder`.

    `keep_index`: addresses end in `index.html`.

    Raises:
        OSError: Pagefind is missing, or has failed.
    """
    # One index for all languages: a browser would ask only that of the page it is on.
    config = {"force_language": "en", "keep_index_url": keep_index}
    # In a folder without anybody's configuration.
    with tempfile.TemporaryDirectory() as empty, _Service(empty) as service:
        service.ask("NewIndex", config=config)
        for place, html in pages:
            text = html.encode("utf-8", errors="xmlcharrefreplace").decode()
            path = f"{place}index.html"
            service.ask("AddFile", index_id=_INDEX, file_path=path, file_contents=text)
        # It says that it has written files before it has.
        answer = service.ask("GetFiles", index_id=_INDEX)
    try:
        for file in answer["files"]:
            path = folder / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(_UNKNOWN) from error


class _Service:
    """The process, to be used in a `with` statement."""

    def __init__(self, folder: str) -> None:
        from pagefind.service import get_executable  # noqa: PLC0415  (needs the extra `search`)

        program = get_executable()
        if program is None:
            raise FileNotFoundError("its program is not installed")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (closed on leaving)
        self._process = subprocess.Popen(
            [program, "--service"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> "_Service":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # it writes nothing
        self._process.communicate()
        self._said.close()

    def ask(self, message: str, **details: object) -> dict[str, Any]:
        """The answer to a message.

        Raises:
            OSError: it fails, or the process has ended.
        """
        payload = {"type": message, **details}
        text = json.dumps({"message_id": 1, "payload": payload})
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        with suppress(BrokenPipeError):  # then there is no answer either
            stdin.write(base64.b64encode(text.encode()) + b",")
            stdin.flush()
        answer = _answer(stdout)
        if answer is None:
            raise OSError(self._last_words())
        if answer.get("type") == "Error":
            raise OSError(str(answer.get("message")))
        return answer

    def _last_words(self) -> str:
        status = self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), f"exit status {status}")


def _answer(stream: IO[bytes]) -> dict[str, Any] | None:
    """What stands in the answer; None: the process has ended.

    Raises:
        OSError: it is no answer.
    """
    data = bytearray()
    while not data.endswith(b","):
        part = stream.read1(1 << 16)  # type: ignore[attr-defined]
        if not part:
            return None
        data += part
    try:
        payload: dict[str, Any] = json.loads(base64.b64decode(data[:-1]))["payload"]
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(_UNKNOWN) from error
    return payload
