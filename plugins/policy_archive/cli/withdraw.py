"""`policy-archive withdraw`: a capture or a policy out of the site, and how it comes back."""

import argparse
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from policy_archive.build import cache
from policy_archive.catalogue.published import lock as published
from policy_archive.catalogue.published import withdrawn
from policy_archive.catalogue.published.withdrawing import Held, held, meant, withdrawal
from policy_archive.catalogue.published.withdrawn import Withdrawal
from policy_archive.cli.add import add_project
from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.cli.output import place, printable
from policy_archive.cli.sources import here
from policy_archive.errors import ProjectError
from policy_archive.intake.folder import now
from policy_archive.intake.newest import snapshots
from policy_archive.site.project.project import Project
from policy_archive.sources.forms import DOCUMENTS
from policy_archive.sources.provenance import sidecar
from policy_archive.text.sentences import counted


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "withdraw",
        run,
        summary="take a capture or a policy out of the site",
        description="Take a capture or a policy out of the site. Its addresses go on answering, "
        "with when and why,\nand about/withdrawn/ lists it; of its words nothing is left on the "
        "site or in the cache.",
        examples="""policy-archive withdraw example.com/20190501120000 --reason "Names a person."
                    policy-archive withdraw example.com --erase --reason "Asked for."
                    policy-archive withdraw example.com --restore""",
    )
    parser.add_argument(
        "what",
        metavar="WHAT",
        help="a file, the address of its page on the site or of the capture in a web archive; for "
        "a whole policy the address of its page, or the site's name",
    )
    parser.add_argument(
        "--reason", metavar="TEXT", help="why, as readers are told (default: none, with --restore)"
    )
    parser.add_argument(
        "--erase", action="store_true", help="remove the archived files as well, for good"
    )
    parser.add_argument(
        "--restore", action="store_true", help="publish again what was withdrawn and not erased"
    )
    add_project(parser)


def run(options: argparse.Namespace) -> int:
    """Do it."""
    project = here(options.config_file)
    known = withdrawn.read(project.withdrawn_list).entries
    if options.restore:
        said = _restored(options.what, project, known)
    elif not (options.reason or "").strip():
        raise ProjectError("say why, as readers will be told: --reason TEXT")
    else:
        said = _withdrawn(options, project, known)
    # The cache holds the texts that were read, and the site before.
    cache.clear(cache.cache_folder(project.folder))
    if not options.quiet:
        print(printable(f"{said}; build the site again, and commit {withdrawn.NAME}"))
    return FINE


def _restored(what: str, project: Project, known: Sequence[Withdrawal]) -> str:
    path = re.sub(r"^.*?policies/", "", what).strip("/")
    found = [it for it in known if path in (it.place.strip("/")[len("policies/") :], it.site)]
    if not found:
        raise ProjectError(f"{what}: is nothing that was withdrawn; about/withdrawn/ lists all")
    if any(it.erased for it in found):
        raise ProjectError(f"{what}: was erased; remove its line from the list, and add it anew")
    withdrawn.write(project.withdrawn_list, [it for it in known if it not in found])
    return f"{', '.join(it.place for it in found)}: published again"


def _withdrawn(options: argparse.Namespace, project: Project, known: Sequence[Withdrawal]) -> str:
    captures = list(_captures(project))
    found, whole = meant(options.what, captures)
    entry = withdrawal(found, whole, captures, options.reason, f"{now():%Y-%m-%d}")
    others = [it for it in known if it.place != entry.place]
    files = _files(found, project) if options.erase else []
    withdrawn.write(project.withdrawn_list, [*others, replace(entry, erased=options.erase)])
    for file in files:
        file.unlink(missing_ok=True)
    what = "erased" if options.erase else "withdrawn"
    return f"{entry.place}: {counted(len(found), 'capture')} {what}"


def _captures(project: Project) -> Iterator[Held]:
    given, _ = published.read(project.folder / published.NAME)
    for source, snapshot in snapshots(project.sources()):
        digest = hashlib.sha256(source.read()).hexdigest()
        yield held(source, snapshot, digest, given)


def _files(found: Sequence[Held], project: Project) -> list[Path]:
    """All files of captures, with those beside them.

    Raises:
        ProjectError: one is no file of the project's own.
    """
    files = []
    for it in found:
        file = it.source.file
        if it.source.revision or not file.is_relative_to(project.docs):
            raise ProjectError(
                f"{place(file)}: is no file of the docs folder, so it cannot be erased from here; "
                "withdraw it without --erase, and erase it where it is kept"
            )
        documents = [file.with_suffix(ending) for ending in DOCUMENTS] if it.source.sidecar else []
        files += [file, file.with_name(f"{file.name}{sidecar.SUFFIX}"), *documents]
    return files
