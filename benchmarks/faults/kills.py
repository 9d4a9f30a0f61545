"""Builds killed at random moments: the site must be that before or that after, to the byte."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.project import (
    Outcome,
    Project,
    Try,
    archived,
    differences,
    finished,
    kill,
    text,
)


def tries(times: int) -> Iterator[Try]:
    """Change a text, build and kill, look; the next build, killed or not, goes on from there."""
    chance = random.Random(115)
    with tempfile.TemporaryDirectory() as temporary:
        project = Project(Path(temporary, "killed"), search="pagefind")
        project.build()
        usual = project.build().seconds
        known = [project.state()]
        for number in range(times):
            _change(project, number)
            started = time.monotonic()
            process = project.start()
            time.sleep(chance.uniform(0.1, 1.1) * usual)
            kill(process)
            outcome = finished(process, started)
            stopped, after = project.state(), _after(project)
            known = [known[-1], after]
            wrong = [] if stopped in known else differences(stopped, after)
            # That it was killed is no crash of ours.
            yield f"kill {number}", Outcome(0, outcome.output, outcome.seconds), wrong, 0
        clean = Project(Path(temporary, "clean"), search="pagefind")
        _change(clean, times - 1)
        outcome = clean.build()
        yield "the site after all of them", outcome, differences(known[-1], clean.state()), 0


def _after(project: Project) -> dict[str, str]:
    project.build()
    return project.state()


def _change(project: Project, number: int) -> None:
    policy = text("lamps", f"## News\n\nThis is change {number}.")
    project.write("lamps-2018.md", archived("lamps.example", "20180521173313", policy))
