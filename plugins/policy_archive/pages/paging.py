"""How long listings continue: their pages, and the data files of all their rows."""

from policy_archive.pages.addresses import paged
from policy_archive.pages.publication import PART, Publication
from policy_archive.pages.views import Link, PageLinks, RowFiles


def page_links(publication: Publication, place: str, number: int) -> PageLinks:
    """For a listing of policies; its pages hold the same ones in every such listing."""
    return links(publication, place, number, publication.pages, starts=publication.starts)


def links(
    publication: Publication, place: str, number: int, total: int, *, starts: tuple[str, ...] = ()
) -> PageLinks:
    """How the listing at `place` continues from its page `number`; on one page it does not."""
    if total == 1:
        return PageLinks()
    here = paged(place, number)

    def url(page: int) -> str:
        return publication.addresses.relative(paged(place, page), here)

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
        texts_url=publication.addresses.relative(f"{texts}rows/0.json", here),
        own=own,
        rows=publication.rows,
        part=PART,
    )
