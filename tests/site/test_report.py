import logging

import pytest

from policy_archive.model import Notice
from policy_archive.site.project.publication import report

DOUBT = Notice("no-date", "Nothing says when.")
PROBLEM = Notice("unreadable", "could not be read", "problem")


def test_doubts_are_one_line_and_all_of_them_with_verbose(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "mkdocs.plugins.policy_archive")
    report([*((f"{n}.md", DOUBT) for n in range(1200)), ("a.md", PROBLEM)])
    by_level = {
        level: [r.getMessage() for r in caplog.records if r.levelno == level]
        for level in (logging.DEBUG, logging.INFO, logging.WARNING)
    }
    assert by_level[logging.WARNING] == ["a.md:1: could not be read"]
    (line,) = by_level[logging.INFO]
    assert line.startswith("1,200 doubts: 1,200 no-date; -v lists all of them")
    assert len(by_level[logging.DEBUG]) == 1200


@pytest.mark.parametrize(("number", "says"), [(0, []), (1, ["1 doubt: 1 no-date"])])
def test_the_number_is_right(
    number: int, says: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mkdocs.plugins.policy_archive")
    report([("a.md", DOUBT)] * number)
    assert [line.split(";")[0] for line in caplog.messages] == says
