"""Addresses: nobody shares one, nobody's depends on who else there is, ours are never given away."""

import hashlib
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.catalogue.published.addresses import (
    capture_segments,
    collation_key,
    kind_segment,
    policy_folder,
    segment,
    site_segments,
)
from policy_archive.catalogue.published.lock import NOTHING, Capture, Published

OURS = [
    "latest",
    "compare",
    "history",
    "topics",
    "page",
    "rows",
    "data",
    "index.html",
    "feed.xml",
    "timemap.link",
    "timemap.json",
    "annotations.jsonld",
    "pa-rows",
    "p-1a2b3c4d",
    "con",
    "aux",
    "nul",
    "prn",
    "com1",
    "lpt9",
    "con.com",
    "aux.html",
]

ODD = [
    *("A+B", "A B", "a-b", "a.b", "Acme Inc", "acme inc", "ACME-INC", "TikTok", "Tiktok", "tiktok"),
    *("café", "cafe\u0301", "straße", "STRASSE", "ſ", "...", "!!", "", "Ы" * 200, "Ы" * 201),
]
NAMES = st.text(max_size=12) | st.sampled_from([*ODD, *OURS])


def on_a_blind_disk(text: str) -> str:
    """As disks see a name that are blind to case, normalization and final dots and spaces."""
    return unicodedata.normalize("NFD", text).casefold().rstrip(". ")


def given_now(sites: list[str], published: Published = NOTHING) -> tuple[dict[str, str], Published]:
    """Segments, and the list as it is then."""
    segments, unsure = site_segments(sites, published)
    return segments, Published({**published.sites, **{site: segments[site] for site in unsure}})


# Sites


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("softorino.com", "softorino.com"),
        ("Stack Overflow", "stack-overflow"),
        ("Lamps.com", "lamps.com"),
        ("../..", "site"),
        ("Почта", "почта"),
        ("a--b", "a-b"),
    ],
)
def test_what_a_name_asks_for(name: str, wanted: str) -> None:
    assert segment(name) == wanted


@pytest.mark.parametrize("name", [*OURS, *map(str.upper, OURS), " Page ", "_data_"])
def test_names_of_ours_are_given_to_nobody(name: str) -> None:
    found = segment(name)
    assert found.startswith("s--")
    assert found not in OURS
    assert found.split(".")[0] not in OURS


@pytest.mark.parametrize("name", ["pa-online.com", "page.example", "data.gov", "index.org"])
def test_domains_that_only_begin_like_ours_keep_theirs(name: str) -> None:
    assert segment(name) == name


@pytest.mark.parametrize("letter", ["a", "Ы", "漢", "𐍈"])
@pytest.mark.parametrize("length", [139, 140, 141, 200, 4_000])
def test_segments_fit_on_every_disk(letter: str, length: int) -> None:
    name, other = letter * length, letter * length + "!?"
    found, _ = site_segments([name, other], NOTHING)
    for text in found.values():
        assert len(text.encode()) <= 160
    assert found[name] != found[other]
    if len(name.encode()) <= 140:
        assert found[name] == name
    else:
        assert found[name].endswith(f"--{hashlib.sha256(name.encode()).hexdigest()[:8]}")


def test_who_is_called_like_a_segment_has_it_by_right() -> None:
    for rivals in permutations(["ACME Inc", "Acme Inc", "acme-inc"]):
        found, _ = site_segments(rivals, NOTHING)
        assert found["acme-inc"] == "acme-inc"
        for other in ("ACME Inc", "Acme Inc"):
            digest = hashlib.sha256(other.encode()).hexdigest()[:8]
            assert found[other] == f"acme-inc--{digest}"


def test_names_with_one_digest_still_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "policy_archive.catalogue.published.addresses._digest",
        lambda name: "12345678" + hashlib.sha256(name.encode()).hexdigest()[8:],
    )
    found, _ = site_segments(["A+B", "A B", "A/B"], NOTHING)
    assert len(set(found.values())) == 3


def test_what_a_name_alone_tells_need_not_be_written_down() -> None:
    _, unsure = site_segments(["example.org", "a.example", "Lamp Shop"], NOTHING)
    assert unsure == {"Lamp Shop"}
    _, unsure = site_segments(["acme-inc", "Acme Inc"], NOTHING)
    assert unsure == {"acme-inc", "Acme Inc"}


@pytest.mark.parametrize(
    ("first", "second"), [("A+B", "A B"), ("TikTok", "Tiktok"), ("X y", "x-y")]
)
def test_who_comes_later_takes_nobody_s_address(first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        alone, published = given_now([one])
        both, _ = given_now([one, other], published)
        assert both[one] == alone[one] == segment(one)
        assert both[other] != alone[one]


def test_who_has_left_is_not_followed() -> None:
    _, published = given_now(["A+B", "A B", "a-b"])
    found, _ = given_now(["A/B"], published)
    assert found["A/B"] not in published.sites.values()


@pytest.mark.parametrize("name", ["page", "index.html", "con", "pa-rows"])
def test_a_list_gives_names_of_ours_to_nobody(name: str) -> None:
    found, _ = site_segments(["Acme"], Published({"Acme": name}))
    assert found == {"Acme": "acme"}


@settings(deadline=None)
@given(st.lists(NAMES, unique=True, max_size=8))
def test_no_two_sites_share_an_address_on_any_disk(sites: list[str]) -> None:
    found, _ = site_segments(sites, NOTHING)
    assert set(found) == set(sites)
    seen = {on_a_blind_disk(text) for text in found.values()}
    assert len(seen) == len(sites)
    for text in found.values():
        assert not set(text) & set('/\\:*?"<>|#%& \n\t\0')
        assert text[0] not in "-._"
        assert text not in OURS
        assert 0 < len(text.encode()) <= 160
    assert site_segments(sites[::-1], NOTHING)[0] == found


@settings(deadline=None)
@given(st.lists(NAMES, unique=True, max_size=9), st.integers(0, 8), st.integers(0, 8))
def test_addresses_never_move(sites: list[str], one: int, other: int) -> None:
    first, second = sorted((one, other))
    before, published = given_now(sites[:first])
    between, published = given_now(sites[:second], published)
    after, _ = given_now(sites, published)
    assert {site: between[site] for site in before} == before
    assert {site: after[site] for site in between} == between
    assert len(set(after.values())) == len(sites)


# Kinds


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("terms-of-service", "terms-of-service"),
        ("latest", "s--latest"),
        ("compare", "s--compare"),
        ("20190405", "s--20190405"),
        ("2019-2", "s--2019-2"),
        ("undated-1a2b3c4d", "s--undated-1a2b3c4d"),
        ("con", "s--con"),
    ],
)
def test_kinds_never_look_like_what_stands_beside_them(kind: str, wanted: str) -> None:
    assert kind_segment(kind) == wanted
    assert policy_folder("example.org", kind) == f"example.org/{wanted}/"


def test_the_usual_kind_has_no_segment() -> None:
    assert policy_folder("example.org", "privacy-policy") == "example.org/"


# Captures

POLICY, DAY = "example.org/", "20190501"
ONE, TWO, THREE = (Capture(digit * 16, f"policies/{digit}") for digit in "123")


def listed(*captures: Capture) -> Published:
    segments = capture_segments(POLICY, DAY, captures, NOTHING)
    places = (f"{POLICY}{text}" for text in segments)
    return Published(captures=dict(zip(places, captures, strict=True)))


def test_captures_of_one_moment_are_numbered_in_the_order_given() -> None:
    assert capture_segments(POLICY, DAY, [THREE, ONE, TWO], NOTHING) == [
        "20190501",
        "20190501-2",
        "20190501-3",
    ]


def test_a_capture_that_is_known_keeps_its_number() -> None:
    assert capture_segments(POLICY, DAY, [ONE, TWO], listed(TWO)) == ["20190501-2", "20190501"]
    assert capture_segments(POLICY, DAY, [ONE, TWO, THREE], listed(THREE, TWO)) == [
        "20190501-3",
        "20190501-2",
        "20190501",
    ]
    # Another policy's list says nothing here.
    assert capture_segments("other/", DAY, [ONE, TWO], listed(TWO)) == ["20190501", "20190501-2"]


def test_a_capture_is_known_by_its_bytes_or_by_its_file() -> None:
    moved, edited = Capture(TWO.digest, "policies/moved"), Capture("4" * 16, TWO.path)
    for known in (moved, edited):
        assert capture_segments(POLICY, DAY, [ONE, known], listed(TWO)) == [
            "20190501-2",
            "20190501",
        ]
    # Both at once: two files that changed places keep the addresses of their bytes.
    swapped = [Capture(ONE.digest, TWO.path), Capture(TWO.digest, ONE.path)]
    assert capture_segments(POLICY, DAY, swapped, listed(ONE, TWO)) == ["20190501", "20190501-2"]


def test_a_line_that_somebody_wrote_counts_alone() -> None:
    by_hand = Published(captures={f"{POLICY}{DAY}-2": Capture("", ONE.path)})
    assert capture_segments(POLICY, DAY, [ONE, TWO], by_hand) == ["20190501-2", "20190501"]


def test_the_number_of_a_capture_that_is_gone_is_not_given_again() -> None:
    assert capture_segments(POLICY, DAY, [TWO, THREE], listed(ONE, TWO)) == [
        "20190501-2",
        "20190501-3",
    ]


def test_ten_thousand_captures_of_one_moment() -> None:
    many = [Capture(f"{n:016x}", f"policies/{n}") for n in range(10_000)]
    published = Published(captures={f"{POLICY}{DAY}": many[-1]})
    found = capture_segments(POLICY, DAY, many, published)
    assert (found[-1], found[0], found[-2]) == ("20190501", "20190501-2", "20190501-10000")


# Order


@given(st.lists(st.text(max_size=4), max_size=6))
def test_the_order_is_that_of_utf_16_code_units(texts: list[str]) -> None:
    def units(text: str) -> list[int]:
        data = text.encode("utf-16-be", "surrogatepass")
        return [data[i] << 8 | data[i + 1] for i in range(0, len(data), 2)]

    assert sorted(texts, key=collation_key) == sorted(texts, key=units)


def test_beyond_the_basic_plane_python_s_own_order_is_another() -> None:
    assert sorted(["\uff21", "\U00010348"], key=collation_key) == ["\U00010348", "\uff21"]


def test_captures_that_nothing_tells_apart_keep_their_addresses() -> None:
    """Two forms of one name with the same bytes, neither with a date."""
    same = [Capture("1a2b3c4d", "policies/lamps")] * 2
    given: dict[str, Capture] = {}
    for _ in range(3):
        found = capture_segments("lamps/", "undated-1a2b", same, Published(captures=given))
        assert found == ["undated-1a2b", "undated-1a2b-2"]
        given |= {f"lamps/{it}": owner for it, owner in zip(found, same, strict=True)}
