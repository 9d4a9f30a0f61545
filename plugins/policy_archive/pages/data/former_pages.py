"""Pages at addresses that captures have left: they lead on, or say that nothing is here any more.

HTML and no pages of MkDocs, so that they stay out of sitemap and search.
"""

from collections.abc import Iterator
from functools import partial
from html import escape

from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.language import current, gettext
from policy_archive.pages.publication import Publication

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="referrer" content="same-origin">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
{head}</head>
<body>
<p>{body}</p>
</body>
</html>
"""


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """One at each place that a page has left, but for what was withdrawn."""
    withdrawn = {place for it in publication.withdrawn.entries for place in it.places}
    former = publication.former
    for place, target in former.leads.items():
        if place not in withdrawn:
            made = partial(_leads_on, publication, place, target)
            yield GeneratedFile(f"{place}index.html", made)
    for place in former.gone:
        if place not in withdrawn:
            yield GeneratedFile(f"{place}index.html", partial(_gone, publication, place))


def _leads_on(publication: Publication, place: str, target: str) -> bytes:
    url = escape(publication.addresses.relative(target, place))
    canonical = publication.addresses.absolute(target)
    head = f'<meta http-equiv="refresh" content="0; url={url}">\n'
    if canonical:
        head += f'<link rel="canonical" href="{escape(canonical)}">\n'
    body = gettext('What stood here now stands <a href="%(url)s">at another address</a>.', url=url)
    return _page(gettext("Moved"), head, body)


def _gone(publication: Publication, place: str) -> bytes:
    url = escape(publication.addresses.relative("policies/", place))
    body = gettext(
        "The capture that stood here is no longer in this archive. "
        '<a href="%(url)s">All policies that are</a>',
        url=url,
    )
    return _page(gettext("No longer here"), "", body)


def _page(title: str, head: str, body: str) -> bytes:
    language = current().code
    return _PAGE.format(language=language, title=title, head=head, body=body).encode()
