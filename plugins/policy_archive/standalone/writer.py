"""Writes a whole archive as finished HTML: every page and file, the sitemap, the search index."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from policy_archive.pages import plan
from policy_archive.pages.assets import content, paths, place_of
from policy_archive.pages.data import sitemap
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.environment import templates
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.home import HomePage
from policy_archive.standalone.folder import Folder
from policy_archive.standalone.frame import STYLE, STYLE_FILE, Frame


def write(publication: Publication, path: Path, add_search: Callable[[Folder], None]) -> int:
    """Write every page and file into the folder at `path`; how many there are.

    `add_search` puts the index of a search page into it.

    Raises:
        ProjectError: the folder holds a list of what was written that is none.
        OSError: something cannot be written.
    """
    folder = Folder(path)
    for asset in paths():
        folder.put(place_of(asset), content(asset))
    folder.put(STYLE, STYLE_FILE.read_bytes())
    addresses = _write_pages(publication, folder)
    if home := publication.addresses.absolute(""):
        for name, data in sitemap.files(addresses, home):
            folder.put(name, data)
    if publication.search_page:
        add_search(folder)
    return folder.finish()


def _write_pages(publication: Publication, folder: Folder) -> list[str]:
    """Every page and the files beside them, one after the other; the pages' absolute addresses."""
    titles = plan.titles()
    listings = list(plan.listing_pages(publication, titles))
    frame = Frame(publication, [page for page in listings if page.place in titles])
    own = templates(publication.context.templates)
    outputs: chain[plan.Output] = chain(
        [HomePage(publication), *listings],
        plan.listing_files(publication),
        plan.of_policies(publication, listings[0]),
    )
    addresses = []
    for output in outputs:
        if isinstance(output, GeneratedFile):
            folder.put(output.place, output.make())
            continue
        html = frame.document(output, output.body(own))
        folder.put(f"{output.place}index.html", _bytes(html))
        addresses.append(publication.addresses.absolute(output.place))
    folder.put("404.html", _bytes(frame.not_found()))
    return addresses


def _bytes(html: str) -> bytes:
    return html.encode("utf-8", errors="xmlcharrefreplace")
