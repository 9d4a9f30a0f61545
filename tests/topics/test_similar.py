import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.topics import similar
from policy_archive.topics.similar import Sketch, most_similar, resemblance, sketch

COOKIES = "We use cookies to remember what is in your basket until you close the browser."
NEARLY = "We use cookies to remember what is in your cart until you close the browser."
OTHER = "Our servers stand in Norway and are looked after by two people and a dog."


def test_equal_and_different_texts() -> None:
    assert resemblance(sketch(COOKIES), sketch(COOKIES.upper())) == 1
    assert resemblance(sketch(COOKIES), sketch(NEARLY)) > 0.4
    assert resemblance(sketch(COOKIES), sketch(OTHER)) == 0
    assert sketch("two words") == ()


def test_the_most_similar_come_first_and_strangers_never() -> None:
    sketches = {"a": sketch(COOKIES), "b": sketch(NEARLY), "c": sketch(OTHER), "d": sketch(COOKIES)}
    assert most_similar(sketches) == {"a": ("d", "b"), "b": ("a", "d"), "c": (), "d": ("a", "b")}


def test_a_template_used_by_thousands_costs_no_more_than_its_crowd(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sketches = dict.fromkeys([f"site-{n:05}" for n in range(5000)], sketch(COOKIES))
    compared: list[object] = []

    def counting(a: Sketch, b: Sketch) -> float:
        compared.append(None)
        return resemblance(a, b)

    monkeypatch.setattr(similar, "resemblance", counting)
    found = most_similar(sketches)
    assert found["site-04999"] == ("site-00000", "site-00001", "site-00002")
    assert len(compared) <= 40 * len(sketches)
    # Whose template it is does not depend on who comes first.
    assert most_similar(dict(reversed(sketches.items()))) == found


@given(st.dictionaries(st.text(max_size=3), st.text(alphabet="ab ", max_size=40), max_size=8))
def test_nobody_is_similar_to_itself_and_order_does_not_matter(texts: dict[str, str]) -> None:
    sketches = {name: sketch(text) for name, text in texts.items()}
    found = most_similar(sketches)
    assert all(name not in others for name, others in found.items())
    assert found == most_similar(dict(reversed(sketches.items())))


@given(st.lists(st.sets(st.integers(0, 30), max_size=12), max_size=12))
def test_nobody_similar_is_passed_over(drawn: list[set[int]]) -> None:
    sketches = {f"{n:02}": tuple(sorted(values)) for n, values in enumerate(drawn)}
    for name, own in sketches.items():
        scored = [(-resemblance(own, other), at) for at, other in sketches.items() if at != name]
        wanted = tuple(at for score, at in sorted(scored) if -score >= 0.4)[:3]
        assert most_similar(sketches)[name] == wanted
