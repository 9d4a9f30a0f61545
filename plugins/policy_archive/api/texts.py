"""One archived text, read without a project."""

import errno
from pathlib import Path

from policy_archive.build.tasks import read_bytes, read_source
from policy_archive.errors import SourceError
from policy_archive.model import Record
from policy_archive.reading.unpack import NotTextError
from policy_archive.settings import Settings
from policy_archive.sources.files import find

_LAYOUT = "policies"
"""Paths are shown from the folder that holds one of this name."""


def read(source: Path | str | bytes, *, name: str = "policy.txt") -> Record:
    """Everything that can be said of one archived text: what `policy-archive inspect` prints of it.

    `source` is the path of a file, or what one holds. Of bytes, `name` is what their file would be
    called: its ending says whether they are `.md`, `.html` or `.txt`, and the rest may say whose
    text it is (`policies/example.com.html`). No project's options or corrections are asked.

    Raises:
        SourceError: it is no text, or the path is that of a folder.
        OSError: the file cannot be read.
    """
    try:
        if isinstance(source, bytes):
            return read_bytes(source, name, Settings())
        file = Path(source).absolute()
        if file.is_dir():
            raise SourceError(f"{source}: a folder; name a file, or open its project")
        root = next((it.parent for it in file.parents if it.name == _LAYOUT), file.parent)
        if not file.exists():
            raise FileNotFoundError(errno.ENOENT, "no such file", str(source))
        (found,) = find(file, root)
        return read_source(found, Settings())
    except NotTextError as error:
        raise SourceError(f"{name if isinstance(source, bytes) else source}: {error}") from error
