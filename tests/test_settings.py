import subprocess
import sys
from dataclasses import fields, replace
from typing import Any

import pytest

from policy_archive.settings import Settings

OTHER: dict[str, Any] = {
    "disabled_rules": frozenset({"mojibake"}),
    "topics": '{"sale": false}',
}


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_choice_has_a_part_in_the_digest(name: str) -> None:
    assert replace(Settings(), **{name: OTHER[name]}).digest != Settings().digest


def test_the_digest_is_that_of_any_other_process() -> None:
    program = (
        "from policy_archive.settings import Settings;"
        "print(Settings(frozenset({'mojibake', 'bare-heading', 'site-menu'})).digest)"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
