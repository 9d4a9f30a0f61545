"""What is kept between builds, damaged: each seed damages a file of the cache, or of the site."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults.project import Project, Try, differences


def tries(seeds: int) -> Iterator[Try]:
    """Build, damage, build again, and once more."""
    with tempfile.TemporaryDirectory() as temporary:
        good = Project(Path(temporary, "good"), search="pagefind")
        first = good.build()
        expected = good.state()
        yield "a build from nothing", first, [] if expected else [first.output[-300:]], 0
        for seed in range(seeds):
            chance = random.Random(seed)
            folder = Path(temporary, "damaged")
            shutil.rmtree(folder, ignore_errors=True)
            project = good.copied(folder)
            said = [damage(chance, project) for _ in range(chance.choice((1, 1, 3)))]
            title = f"seed {seed}: {'; '.join(said)}"
            # The second tree, in which the one after next begins, may be the damaged one.
            for number in range(3):
                outcome = project.build()
                wrong = differences(project.state(), expected)
                if outcome.status:
                    wrong.append(f"status {outcome.status}: {outcome.output.strip()[-200:]}")
                if number and "WARNING" in outcome.output:
                    wrong.append(f"it is said again: {outcome.output.strip()[-200:]}")
                yield f"{title}, build {number + 1}", outcome, wrong, 0


def damage(chance: random.Random, project: Project) -> str:
    """Damage one file; what was done to which."""
    files = [path for path in sorted(project.cache.rglob("*")) if path.is_file()]
    if chance.random() < 0.2:
        files = [path for path in sorted(project.site.rglob("*")) if path.is_file()]
    # By what they are for: most files are pages.
    rooms = sorted({path.relative_to(project.folder).parts[:3] for path in files})
    room = chance.choice(rooms)
    path = chance.choice([it for it in files if it.relative_to(project.folder).parts[:3] == room])
    name, harm = chance.choice(_HARMS)
    harm(chance, path)
    return f"{path.relative_to(project.folder)} {name}"


def _bytes(chance: random.Random, path: Path) -> None:
    """Some bytes, as a failing disk changes them; size and times stay."""
    data, stat = bytearray(path.read_bytes()), path.stat()
    for _ in range(chance.choice((1, 1, 30)) if data else 0):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    path.write_bytes(data)
    _times(path, stat.st_atime_ns, stat.st_mtime_ns)


def _times(path: Path, accessed: int, modified: int) -> None:
    os.utime(path, ns=(accessed, modified))


def _folder(_: random.Random, path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _link(_: random.Random, path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/at/all")


_HARMS: tuple[tuple[str, Callable[[random.Random, Path], object]], ...] = (
    ("changed in some bytes", _bytes),
    ("changed in some bytes", _bytes),
    ("changed in some bytes", _bytes),
    ("cut off", lambda chance, it: it.write_bytes(it.read_bytes()[: chance.randrange(4096)])),
    ("empty", lambda _, it: it.write_bytes(b"")),
    ("random", lambda chance, it: it.write_bytes(chance.randbytes(5000))),
    ("too long", lambda chance, it: it.write_bytes(it.read_bytes() + chance.randbytes(4096))),
    ("gone", lambda _, it: it.unlink()),
    ("a folder", _folder),
    ("a link to nowhere", _link),
)
