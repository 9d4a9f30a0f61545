"""How long listings continue: their pages, and the data files of all their rows."""

from collections.abc import Sequence

from policy_archive.catalogue.questions.listings import Range
from policy_archive.pages.addresses import paged
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import Link, PageLinks, RowFiles


def page_links(
    publication: Publication, place: str, page: Range, pages: Sequence[Range]
) -> PageLinks:
    """For a listing of policies; its pages hold the same ones in every such listing."""
    names, rows = [it.name for it in pages], tuple(it.row for it in pages)
    return links(publication, place, page.number, names, starts=rows)


def links(
    publication: Publication,
    place: str,
    number: int,
    names: Sequence[str],
    *,
    starts: tuple[str, ...] = (),
) -> PageLinks:
    """How the listing at `place` continues from its page `number`; on one page it does not.

    `names` are those of all its pages.
    """
    total = len(names)
    if total == 1:
        return PageLinks()
    here = paged(place, names[number - 1])

    def url(page: int) -> str:
        return publication.addresses.relative(paged(place, names[page - 1]), here)

    return PageLinks(
        number=number,
        total=total,
        pages=tuple(Link(str(page), url(page)) for page in range(1, total + 1)),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < total else "",
        starts=starts,
    )


def row_files(
    publication: Publication, here: str, columns: str, texts: str, own: str = ""
) -> RowFiles:
    """The data files of a listing (`data/row_files.py`) as a page at `here` names them."""
    return RowFiles(
        columns_url=publication.addresses.relative(f"{columns}rows/site.json", here),
        texts_url=publication.addresses.relative(f"{texts}rows/", here).removesuffix("index.html"),
        own=own,
    )
