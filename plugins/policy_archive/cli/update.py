"""`policy-archive update`: what is new in the web archive of the policies that a project has."""

import argparse
from collections.abc import Iterator

from policy_archive.catalogue.published import withdrawn
from policy_archive.cli.add import add_every, add_project, folder_of, say, work
from policy_archive.cli.command import PROBLEMS, Commands, add_command
from policy_archive.cli.output import printable
from policy_archive.cli.sources import here
from policy_archive.errors import SourceError
from policy_archive.intake import clones
from policy_archive.intake.interrupt import Interrupt
from policy_archive.intake.jobs import Intake, Job
from policy_archive.intake.newest import following, newest
from policy_archive.site.project.project import Project
from policy_archive.text.sentences import counted


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "update",
        run,
        summary="add what web archives have captured since",
        description="Ask the web archive, for every policy with an original address, what it has "
        "captured since the\nnewest capture, and add that. Made for a weekly job.",
        examples="""policy-archive update
                    policy-archive update --every month -q""",
        problems="something could not be added",
    )
    add_every(parser)
    add_project(parser)


def run(options: argparse.Namespace) -> int:
    """Do it."""
    project = here(options.config_file)
    failed = not _cloned(project, quiet=options.quiet)
    with Interrupt(say) as interrupt:
        intake = Intake(
            folder_of(project),
            interrupt,
            say,
            every=options.every,
            archive=options.archive or "",
        )
        jobs = list(_jobs(project, intake))
        status = work(jobs, intake, options, only_news=True)
        if not options.quiet:
            print(f"{counted(len(jobs), 'policy', 'policies')} asked for")
        return max(status, PROBLEMS) if failed else status


def _cloned(project: Project, *, quiet: bool) -> bool:
    """Clone the repositories that the project names by address, or fetch what is new of them."""
    fine = True
    for address, clone in project.to_clone():
        try:
            clones.bring(address, clone)
        except SourceError as error:
            print(printable(str(error)))
            fine = False
        else:
            if not quiet:
                print(printable(f"{address}: brought up to date"))
    return fine


def _jobs(project: Project, intake: Intake) -> Iterator[Job]:
    hidden = withdrawn.read(project.withdrawn_list)
    for snapshot, digest in newest(project.sources()):
        if hidden.hides(snapshot.site, snapshot.kind, ""):  # as a whole
            continue
        yield intake.since(
            f"{snapshot.site}, {snapshot.kind}",
            snapshot.memento_url,
            url=snapshot.original_url,
            first=following(snapshot.captured, intake.every),
            site=snapshot.site,
            kind=snapshot.kind,
            before=digest,
        )
