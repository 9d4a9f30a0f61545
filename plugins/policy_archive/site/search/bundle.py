"""Pagefind's index as it is published: without what we do not use, light, the same every time.

Pagefind writes its filters in the order of a hash table, which differs from run to run; they are
put in order here. It names fragments by their digest, which is two thirds of what a browser loads
of a large index before anything else; a shard's folder is named by a digest already, so here they
are counted.

The format is Pagefind's own (CBOR under gzip). An index in a form that is not known here is left
as Pagefind made it, which works too.
"""

import gzip
import hashlib
import json
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cbor2

log = logging.getLogger("mkdocs.plugins.policy_archive")

_SIGNATURE = b"pagefind_dcd"
_ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
_INDEX = ("pagefind-entry.json", "*.pf_meta", "fragment/*", "index/*", "filter/*")


class UnknownFormError(ValueError):
    """The index has another form than the one known here."""


def settle(folder: Path, *, engine: bool) -> None:
    """Make an index of the one Pagefind wrote to `folder`; `engine`: with what asks it."""
    _keep(folder, (*_INDEX, *(_ENGINE if engine else ())))
    try:
        _rewrite(folder)
    except (UnknownFormError, ValueError, KeyError, IndexError, TypeError, EOFError) as error:
        log.debug("%s: left as Pagefind made it (%r)", folder, error)


def _keep(folder: Path, patterns: tuple[str, ...]) -> None:
    kept = {path for pattern in patterns for path in folder.glob(pattern)}
    for path in list(folder.rglob("*")):
        if path.is_file() and path not in kept:
            path.unlink()


def _rewrite(folder: Path) -> None:
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text("utf-8"))
    (language,) = entry["languages"].values()
    old = folder / f"pagefind.{language['hash']}.pf_meta"
    meta = _read(old)
    version, pages, chunks, filters, *more = meta
    # Everything is worked out before anything is changed.
    names = dict(_counted(folder / "fragment", [name for name, _ in pages]))
    written = [(name, *_sorted_filter(folder / "filter", hash)) for name, hash in sorted(filters)]
    pages = [[names[name], words] for name, words in pages]
    filters = [[name, new] for name, _, new, _ in written]
    data = _packed([version, pages, chunks, filters, *more])
    for before, after in names.items():
        source = folder / "fragment" / f"{before}.pf_fragment"
        source.rename(source.with_name(f"{after}.pf_fragment"))
    for _, before, after, content in written:
        (folder / "filter" / f"{before}.pf_filter").unlink()
        (folder / "filter" / f"{after}.pf_filter").write_bytes(content)
    language["hash"] = f"en_{hashlib.sha256(data).hexdigest()[:10]}"
    old.unlink()
    (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    entry_path.write_text(json.dumps(entry, separators=(",", ":")), "utf-8")


def _counted(folder: Path, names: list[str]) -> Iterator[tuple[str, str]]:
    """Old and new name of every fragment."""
    if len(set(names)) != len(names) or not all(
        (folder / f"{name}.pf_fragment").is_file() for name in names
    ):
        raise UnknownFormError("fragments")
    width = len(str(len(names)))
    return ((name, f"f{number:0{width}}") for number, name in enumerate(names))


def _sorted_filter(folder: Path, hash: str) -> tuple[str, str, bytes]:
    """Old name, new name and content of a filter with its values in order."""
    name, values = _read(folder / f"{hash}.pf_filter")
    data = _packed([name, sorted(values)])
    return hash, f"en_{hashlib.sha256(data).hexdigest()[:7]}", data


def _read(path: Path) -> Any:
    try:
        data = gzip.decompress(path.read_bytes())
    except (OSError, zlib.error) as error:
        raise UnknownFormError(path.name) from error
    if not data.startswith(_SIGNATURE):
        raise UnknownFormError(path.name)
    return cbor2.loads(data[len(_SIGNATURE) :])


def _packed(value: Any) -> bytes:
    # Without a time in it.
    return gzip.compress(_SIGNATURE + cbor2.dumps(value), 9, mtime=0)
