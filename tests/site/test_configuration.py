"""Every option is documented, in the code and for maintainers."""

import re
from pathlib import Path

from policy_archive.site import config

ROOT = Path(__file__).parents[2]
OPTIONS = [name for name, _ in config.PolicyArchiveConfig._schema]


def test_every_option_has_its_words_in_the_code():
    source = Path(config.__file__).read_text("utf-8")
    documented = re.findall(r'^    (\w+) = c\..*\n    """', source, re.MULTILINE)
    assert documented == OPTIONS


def test_every_option_is_in_the_documentation():
    text = (ROOT / "docs/configuration.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == OPTIONS
