"""What an archive has withdrawn: `withdrawn.jsonl`, beside `mkdocs.yml`.

One object a line: a capture or a whole policy, when and why, and which addresses tell so now. Of
the texts it holds no word, only digests, so that none of them comes back under another name. A
list that cannot be read stops a build: without it, what was withdrawn would be published.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from policy_archive.errors import ProjectError

NAME = "withdrawn.jsonl"

_HEAD = """\
# What this archive has withdrawn, by `policy-archive withdraw`. Keep this file with the archive's
# sources: without it, what was withdrawn is published again.
"""


class Withdrawal(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A capture, or a whole policy, that is shown no more."""

    site: str
    kind: str
    place: str
    """Of its page: `policies/example.org/20190501/`."""
    reason: str
    day: str
    """When it was withdrawn: `2026-11-25`."""
    whole: bool = False
    """The policy with all captures, those that are yet to come as well."""
    captured: str = ""
    """14 or 8 digits; empty: of a policy, or nobody knows."""
    digests: tuple[str, ...] = ()
    """Of the bytes: the first 16 hex digits of their SHA-256."""
    addresses: tuple[str, ...] = ()
    """Places of further pages that it stood on: changes, and a policy's captures."""
    erased: bool = False
    """Its files are gone, too."""

    @property
    def places(self) -> tuple[str, ...]:
        """All that answer with what became of it."""
        return (self.place, *self.addresses)


class Withdrawn(NamedTuple):
    """All that is withdrawn, in the order of the list."""

    entries: tuple[Withdrawal, ...] = ()

    def hides(self, site: str, kind: str, captured: str, digest: str = "") -> bool:
        """Whether a capture is withdrawn; `digest` is the SHA-256 of its bytes, if it is known."""
        return any(_is(it, site, kind, captured, digest) for it in self.entries)


NOTHING = Withdrawn()


def _is(entry: Withdrawal, site: str, kind: str, captured: str, digest: str) -> bool:
    if digest and digest[:16] in entry.digests:
        return True
    same = (entry.site, entry.kind) == (site, kind)
    # A day may have several captures, which only their bytes tell apart.
    return same and (entry.whole or (len(captured) == 14 and entry.captured == captured))


def read(file: Path) -> Withdrawn:
    """The list that stands in `file`; nothing where there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return NOTHING
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{file}: cannot be read ({error}); {_MEANWHILE}") from error
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            try:
                entries.append(msgspec.json.decode(line, type=Withdrawal))
            except msgspec.MsgspecError as error:
                raise ProjectError(
                    f"{file}:{number}: this is no line of the list ({error}); {_MEANWHILE}"
                ) from error
    return Withdrawn(tuple(entries))


_MEANWHILE = "nothing is published meanwhile, since it says what must not be"


def write(file: Path, entries: Sequence[Withdrawal]) -> None:
    """Write the list to `file`; an empty one is removed.

    Raises:
        OSError: it cannot be written.
    """
    if not entries:
        file.unlink(missing_ok=True)
        return
    lines = (f"{msgspec.json.encode(entry).decode()}\n" for entry in entries)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        partial.write_text(_HEAD + "".join(lines), "utf-8", newline="\n")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def newest_first(entries: Iterable[Withdrawal]) -> list[Withdrawal]:
    """As the log lists them."""
    return sorted(entries, key=lambda it: (it.day, it.place), reverse=True)
