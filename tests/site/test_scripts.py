"""Scripts as a site publishes them."""

import re

import pytest

from policy_archive.pages.assets import FOLDER as ASSETS

from .conftest import BuildSite

pytestmark = pytest.mark.build


def test_scripts_are_published_whole_but_for_comments(build_site: BuildSite) -> None:
    site = build_site({}, strict=False)
    sources = sorted(path.relative_to(ASSETS) for path in ASSETS.rglob("*.js"))
    assert len(sources) > 20
    for source in sources:
        lines = (ASSETS / source).read_text("utf-8").splitlines()
        code = [line for line in lines if not re.match(r"\s*(//|/\*\*|\*)", line)]
        published = site.folder / "assets/policy_archive" / source
        assert published.read_text("utf-8").splitlines() == code
        assert len(code) < len(lines) or source.parts[0] == "jsdiff"  # another's, as it came
