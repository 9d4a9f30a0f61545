"""`data/`: the files of the dataset, its Data Package, and digests of them and of every source."""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from policy_archive.catalogue.questions import contents
from policy_archive.dataset.data_package import NAME, data_package
from policy_archive.dataset.export import SUMS, sums
from policy_archive.dataset.files import content
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.publication import Publication

PLACE = "data/"


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """Every file of the dataset, where there is one."""
    tables = publication.tables
    if not tables:
        return
    for file in tables:
        # What reads the catalogue is the publication's own, also in a copy of this process.
        made = partial(lambda it: content(it, publication.contents), file)
        yield GeneratedFile(f"{PLACE}{file.name}", made, (file.made.sha256,))
    state = (*publication.about, *(it.made.sha256 for it in tables))
    yield GeneratedFile(f"{PLACE}{NAME}", partial(package, publication), state)
    yield GeneratedFile(f"{PLACE}{SUMS}", partial(_sums, publication), state)


def package(publication: Publication) -> bytes:
    """The descriptor of the dataset, which names every file by its digest: so does its own."""
    return data_package(publication.tables, publication.about)


def _sums(publication: Publication) -> bytes:
    """Digests by names as seen from the folder, so that `sha256sum --check` works in it."""
    found = [(it.name, it.made.sha256) for it in publication.tables]
    found.append((NAME, sha256(package(publication)).hexdigest()))
    for policy in contents.policies(publication.catalogue):
        for it in policy.snapshots:
            place = snapshot_place(policy.url, it.segment)
            found.append((f"../{place}source.txt", it.sha256))
    return sums(found)
