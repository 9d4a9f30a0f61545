"""`policy-archive`: what the archive's files say, without building a site."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from policy_archive import __version__
from policy_archive.build import cache, parallel
from policy_archive.build.archive import read_archive
from policy_archive.build.tasks import read_source
from policy_archive.catalogue.archive import Archive
from policy_archive.cli.project import Project, project_of
from policy_archive.model import Record
from policy_archive.pages.inspection import as_json, as_text
from policy_archive.sources.files import Source, find
from policy_archive.sources.git import history, objects
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Corrections, load
from policy_archive.topics.labeller import Labeller


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policy-archive", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    inspect = commands.add_parser("inspect", help="print what each archived file is read as")
    inspect.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    inspect.add_argument("--format", choices=("json", "jsonl", "text"), default="json")
    inspect.set_defaults(run=_inspect)
    label = commands.add_parser("label", help="score JSON lines of text by topic")
    label.add_argument("file", nargs="?", type=Path, help="JSON lines; standard input if absent")
    label.set_defaults(run=_label)
    check = commands.add_parser("check", help="list every doubt and problem of an archive")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", default=[Path("content/policies")]
    )
    check.set_defaults(run=_check)
    kept = commands.add_parser("cache", help="show what is kept between builds, or clear it")
    kept.add_argument("project", nargs="?", type=Path, default=Path(), metavar="PROJECT")
    kept.add_argument("--clear", action="store_true", help="remove it; costs time only")
    kept.set_defaults(run=_cache)
    return parser


def _inspect(options: argparse.Namespace) -> int:
    settings, labels = _project(options.paths)
    terms = taxonomy.load(json.loads(settings.topics))
    corrections, _ = load(labels, terms) if labels else (Corrections(), ())
    failed = False

    def records() -> Iterator[Record]:
        nonlocal failed
        for source in _sources(options.paths):
            if source.problem:
                failed = failed or source.problem.code != "not-read"
                print(f"{source.file}: {source.problem.message}", file=sys.stderr)
                continue
            try:
                yield corrections.apply(read_source(source, settings))
            except OSError as error:
                failed = True
                print(f"{source.file}: {error.strerror or error}", file=sys.stderr)

    match options.format:
        case "text":
            for record in records():
                sys.stdout.write(as_text(record) + "\n")
        case "jsonl":
            for record in records():
                print(json.dumps(as_json(record, terms), ensure_ascii=False))
        case _:
            found = [as_json(record, terms) for record in records()]
            whole = found[0] if len(found) == 1 and options.paths[0].is_file() else found
            print(json.dumps(whole, ensure_ascii=False, indent=2))
    return 1 if failed else 0


def _sources(paths: Sequence[Path]) -> list[Source]:
    sources: list[Source] = []
    for path in paths:
        if objects.git_dir(path):
            sources += _versions(path)
        elif objects.is_bundle(path):
            raise SystemExit(
                f"policy-archive: {path}: a git bundle; clone it first: git clone {path} FOLDER"
            )
        elif path.is_dir():
            sources += find(path, _root(path))
        elif path.exists():
            sources.append(Source(path.resolve().relative_to(_root(path)).as_posix(), path))
        else:
            raise SystemExit(f"policy-archive: {path}: no such file or folder")
    return sources


def _versions(path: Path) -> list[history.Version]:
    try:
        return history.one_form(history.find(path))
    except OSError as error:
        raise SystemExit(f"policy-archive: {error}") from error


def _project(paths: Sequence[Path]) -> Project:
    """The project that the first path lies in."""
    try:
        return project_of(paths[0].resolve())
    except ValueError as error:
        raise SystemExit(f"policy-archive: {error}") from error


def _root(path: Path) -> Path:
    """The folder that shown paths are relative to: the one that holds `policies/`, else the given.

    So a file bears the same path here and in a site whose docs folder holds `policies/`.
    """
    path = path.resolve()
    for folder in (path, *path.parents):
        if folder.name == "policies":
            return folder.parent
    return path if path.is_dir() else path.parent


def _label(options: argparse.Namespace) -> int:
    labeller = Labeller(taxonomy.load())
    if options.file is None:
        return _label_lines(labeller, sys.stdin, "standard input")
    with options.file.open(encoding="utf-8") as lines:
        return _label_lines(labeller, lines, str(options.file))


def _label_lines(labeller: Labeller, lines: IO[str], name: str) -> int:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, heading = asked["text"], asked.get("heading")
            if not isinstance(text, str) or not isinstance(heading, str | None):
                raise TypeError("`text` must be a string, `heading` a string or null")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            wanted = '{"text": "…", "heading": "…" or null}'
            print(f"{name}:{number}: not of the form {wanted} ({error})", file=sys.stderr)
            return 2
        topics, opp115 = map(_rounded, labeller.answer(text, heading))
        print(json.dumps({"topics": topics, "opp115": opp115}, ensure_ascii=False))
    return 0


def _rounded(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}


def _check(options: argparse.Namespace) -> int:
    settings, labels = _project(options.paths)
    archive = read_archive(
        _sources(options.paths), settings, labels=labels, workers=parallel.opener()
    )
    problems = 0
    for path, notice in archive.notices:
        problems += notice.severity == "problem"
        print(f"{path}:{notice.line}: {notice.severity}: {notice.message} [{notice.code}]")
    print(_verdict(archive, problems))
    return 1 if problems else 0


def _cache(options: argparse.Namespace) -> int:
    folder = cache.cache_folder(options.project)
    for line in cache.contents(folder):
        print(line)
    if options.clear:
        cache.clear(folder)
        print(f"{folder}: cleared")
    return 0


def _verdict(archive: Archive, problems: int) -> str:
    snapshots = sum(len(policy.entries) for policy in archive.policies)
    doubts = len(archive.notices) - problems
    return (
        f"{len(archive.policies)} policies, {snapshots} snapshots: "
        f"{problems} problems, {doubts} doubts"
    )


if __name__ == "__main__":
    sys.exit(main())
