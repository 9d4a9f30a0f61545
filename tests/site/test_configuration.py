"""Every option is documented in the code; `tests/contracts/test_docs.py` sees to the reference."""

import re
from pathlib import Path

from policy_archive.site.project import config

OPTIONS = [name for name, _ in config.PolicyArchiveConfig._schema]


def test_every_option_has_its_words_in_the_code() -> None:
    source = Path(config.__file__).read_text("utf-8")
    documented = re.findall(
        r'^    (\w+) = (?:c\.|Count|LanguageCode|RuleNames).*\n    """', source, re.MULTILINE
    )
    # A name with `_` behind it is one that Python's own class has taken.
    assert [name.rstrip("_") for name in documented] == OPTIONS
