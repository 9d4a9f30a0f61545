"""Writes an archive into a folder that others may write into as well.

A list of what was written stays beside it, so that the next build removes what is no longer
published, and so that pages of another generator are told from ours: those are left alone.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from policy_archive.errors import ProjectError
from policy_archive.pages import plan
from policy_archive.pages.addresses import ASSETS
from policy_archive.pages.assets import content, paths, place_of
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.environment import templates
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.home import HomePage
from policy_archive.standalone.frame import STYLE, STYLE_FILE, Frame

log = logging.getLogger("policy_archive")

WRITTEN = f"{ASSETS}/written.json"
"""Where the list of what was written stands in the folder."""


def write(publication: Publication, folder: Path) -> int:
    """Write every page and file into `folder`; how many there are.

    Raises:
        ProjectError: the folder holds a list of what was written that is none.
        OSError: something cannot be written.
    """
    before = _written(folder)
    now: set[str] = set()
    for place, data in _files(publication):
        path = folder / place
        if place not in before and path.exists():
            log.info("%s: somebody else's stays in place of ours", path)
            continue
        now.add(place)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for place in before - now:
        _remove(folder, place)
    listed = folder / WRITTEN
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(json.dumps(sorted(now), indent=0), "utf-8")
    return len(now)


def _files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Every file by its place, one after the other; none is held."""
    titles = plan.titles()
    listings = list(plan.listing_pages(publication, titles))
    policies = listings[0]
    frame = Frame(publication, [page for page in listings if page.place in titles])
    own = templates(publication.context.templates)

    def made(output: plan.Output) -> tuple[str, bytes]:
        if isinstance(output, GeneratedFile):
            return output.place, output.make()
        html = frame.document(output, output.body(own))
        return f"{output.place}index.html", html.encode("utf-8", errors="xmlcharrefreplace")

    for path in paths():
        yield place_of(path), content(path)
    yield STYLE, STYLE_FILE.read_bytes()
    pages: list[Page] = [HomePage(publication), *listings]
    yield from map(made, pages)
    yield from map(made, plan.listing_files(publication))
    yield from map(made, plan.of_policies(publication, policies))


def _written(folder: Path) -> set[str]:
    """What the last build has written into `folder`, as places below it."""
    listed = folder / WRITTEN
    try:
        found = json.loads(listed.read_text("utf-8"))
    except FileNotFoundError:
        return set()
    except ValueError as error:
        raise ProjectError(f"{listed}: damaged; empty the folder and build again") from error
    inside = [
        it
        for it in found
        if isinstance(it, str) and ".." not in PurePosixPath(it).parts and not it.startswith("/")
    ]
    if len(inside) != len(found):
        raise ProjectError(f"{listed}: names files outside of the folder")
    return set(inside)


def _remove(folder: Path, place: str) -> None:
    (folder / place).unlink(missing_ok=True)
    for parent in PurePosixPath(place).parents:
        above = folder / parent
        if above == folder or not above.is_dir() or any(above.iterdir()):
            return
        above.rmdir()
