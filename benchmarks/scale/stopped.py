"""Is the last good site whole, whenever a build is stopped?

    python -m benchmarks.scale.stopped [TIMES]

A site of twenty policies is changed and built over and over, and each build is killed at a random
moment. After each the site must be the one before or the one after, to the byte.
"""

import hashlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scale import sites

BUILD = (sys.executable, "-m", "mkdocs", "build", "-q")


def state(folder: Path) -> dict[str, str]:
    """Every file of the site, by its digest; what is compressed holds the time of the build."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "site").rglob("*"))
        if path.is_file() and path.suffix != ".gz"
    }


def main() -> None:
    """Kill builds; say how the site was after each."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    chance = random.Random(115)
    counts = {"the site before": 0, "the site after": 0, "no whole site": 0}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sites.ours(folder, 20)
        path = folder / "docs/policies/n3.example.txt"
        original = path.read_bytes()
        subprocess.run(BUILD, cwd=folder, check=True, capture_output=True)
        started = time.monotonic()
        subprocess.run(BUILD, cwd=folder, check=True, capture_output=True)
        usual = time.monotonic() - started
        for number in range(times):
            before = state(folder)
            path.write_bytes(original + f"\n\nThis is change {number}.\n".encode())
            process = subprocess.Popen(BUILD, cwd=folder, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.5, 1.1) * usual)
            process.kill()
            process.wait()
            stopped = state(folder)
            subprocess.run(BUILD, cwd=folder, check=True, capture_output=True)
            found = "no whole site"
            if stopped in (before, after := state(folder)):
                found = "the site before" if stopped == before else "the site after"
                assert after != before
            counts[found] += 1
    print(f"{times} builds killed: " + ", ".join(f"{n} × {name}" for name, n in counts.items()))
    if counts["no whole site"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
