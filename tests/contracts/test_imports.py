"""The house rule: imports point one way, and only `site/` knows MkDocs."""

from .reading_code import PACKAGE, imported, room

LAYERS = {
    "model": 0,
    "text": 0,
    "diagnostics": 0,
    "errors": 0,
    "settings": 0,
    "sources": 1,
    "reading": 1,
    "cleaning": 2,
    "topics": 2,
    "intake": 2,
    "analysis": 3,
    "diff": 4,
    "catalogue": 5,
    "build": 6,
    "dataset": 7,
    "pages": 8,
    "site": 9,
    "standalone": 9,
    "api": 10,
    "assistant": 10,
    "cli": 11,
    "__main__": 12,
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_every_module_has_a_layer() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(LAYERS)


def test_imports_point_one_way() -> None:
    for path in MODULES:
        own = room(path)
        for name in imported(path):
            package, _, rest = name.partition(".")
            other = rest.split(".")[0]
            if package == "policy_archive" and own != "__init__" and other in LAYERS:
                allowed = other == own or LAYERS[other] < LAYERS[own] or LAYERS[other] == 0
                assert allowed, f"{path.relative_to(PACKAGE)} imports {name}"


def test_only_the_site_imports_an_engine() -> None:
    for path in MODULES:
        engines = {name.split(".")[0] for name in imported(path)} & {
            "mkdocs",
            "properdocs",
            "material",
        }
        assert not engines or room(path) == "site", f"{path.relative_to(PACKAGE)} imports {engines}"


NETWORK = {
    "requests",
    "wayback",
    "urllib3",
    "http",
    "socket",
    "ftplib",
    "smtplib",
    "ssl",
    "aiohttp",
}


def test_only_the_intake_goes_to_the_network() -> None:
    """And there only what asks web archives; clones are git's doing."""
    for path in MODULES:
        names = set(imported(path))
        found = {name.split(".")[0] for name in names} & NETWORK
        found |= {name for name in names if name.startswith("urllib.request")}
        place = path.relative_to(PACKAGE).as_posix()
        assert not found or place.startswith("intake/wayback/"), f"{place} imports {found}"


def test_what_a_site_is_built_with_does_not_ask_web_archives() -> None:
    for path in MODULES:
        if room(path) not in ("intake", "cli"):
            names = (name for name in imported(path) if name.startswith("policy_archive.intake"))
            found = {name for name in names if not name.startswith("policy_archive.intake.clones")}
            assert found <= {"policy_archive.intake"}, f"{path} imports {found}"
