"""The list of addresses as a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.catalogue.published.addresses import segment
from policy_archive.catalogue.published.lock import NAME, NOTHING, Capture, Published, read, write

LIST = Published(
    {"A+B": "a-b", "Почта": "почта"},
    {"example.org/20190501": Capture("5f0c2a9181d3e07c", "policies/one")},
)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    write(tmp_path / NAME, LIST)
    assert read(tmp_path / NAME) == (LIST, [])
    lines = (tmp_path / NAME).read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        '["a-b","A+B"]',
        '["example.org/20190501","5f0c2a9181d3e07c","policies/one"]',
        '["почта","Почта"]',
    ]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@given(st.dictionaries(st.text(), st.text(), max_size=5), st.text())
def test_any_name_and_any_file(
    tmp_path_factory: pytest.TempPathFactory, names: dict[str, str], path: str
) -> None:
    file = tmp_path_factory.mktemp("list") / NAME
    sites = {site: f"{segment(wanted)}{n}" for n, (site, wanted) in enumerate(names.items())}
    published = Published(sites, {"a/20190501": Capture("0" * 16, path)})
    write(file, published)
    assert read(file) == (published, [])


def test_no_file_is_no_list_and_no_list_is_no_file(tmp_path: Path) -> None:
    assert read(tmp_path / NAME) == (NOTHING, [])
    write(tmp_path / NAME, NOTHING)
    assert not list(tmp_path.iterdir())


def test_a_list_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / NAME, LIST)
    (tmp_path / NAME).chmod(0o444)
    before = (tmp_path / NAME).stat()
    write(tmp_path / NAME, LIST)
    assert (tmp_path / NAME).stat() == before


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        '["a-b"',
        '["a-b", 3]',
        '{"a-b": "A+B"}',
        '["../../etc", "A"]',
        '["", "A"]',
        '["a-b", "Another site"]',
        '["another-segment", "A+B"]',
        '["example.org/20190501", "0", "policies/two"]',
    ],
)
def test_a_line_that_cannot_be_used_is_a_problem_and_the_rest_is_used(
    tmp_path: Path, line: str
) -> None:
    write(tmp_path / NAME, LIST)
    text = (tmp_path / NAME).read_text("utf-8")
    (tmp_path / NAME).write_text(f"{text}{line}\n", "utf-8")
    published, (fault,) = read(tmp_path / NAME)
    assert (published.sites, published.captures) == (LIST.sites, LIST.captures)
    assert (fault.code, fault.severity) == ("invalid-address", "problem")
    assert fault.line == text.count("\n") + 1
    # What a person has to look at is not written over.
    write(tmp_path / NAME, published)
    assert (tmp_path / NAME).read_text("utf-8") == f"{text}{line}\n"


def test_a_list_of_bytes_that_are_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    published, (fault,) = read(tmp_path / NAME)
    assert published.damaged
    assert fault.code == "invalid-address"
