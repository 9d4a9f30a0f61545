"""The labeller on sentences made for it, and on anything at all."""

import time
import tomllib
from collections.abc import Callable
from math import exp
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.model import Block, Document, Item, Run, Section
from policy_archive.topics import labeller, linear
from policy_archive.topics.context import in_context
from policy_archive.topics.labeller import DECIDED, POSSIBLE, Labeller
from policy_archive.topics.patterns import tokens
from policy_archive.topics.taxonomy import OPP115, load

LABELLER = Labeller(load())

SPOKEN = [
    ("data-collected", "When you open an account we collect your name, your email address and your date of birth."),
    ("data-collected", "Our servers automatically record your IP address, your browser type and the referring page."),
    ("use", "We use this information to answer your enquiries, to process your orders and to improve our shop."),
    ("cookies", "A cookie is a small file which our site places on your computer to recognise your browser."),
    ("cookies", "You can set your browser to refuse cookies; parts of the site may then not work."),
    ("advertising", "Advertising networks show you interest-based ads on other sites after you have looked at a product."),
    ("analytics", "Google Analytics helps us to understand how visitors use the site and how many page views it gets."),
    ("sharing", "We share your details with service providers that deliver parcels on our behalf."),
    ("sale", "We do not sell, rent or trade your personal information to anybody."),
    ("disclosure", "We may hand over your data when a court order or a subpoena from law enforcement obliges us to."),
    ("disclosure", "In the event of a merger or a sale of the business, customer records pass to the acquiring company."),
    ("sensitive-data", "With your permission the app reads your precise location through GPS to list shops near you."),
    ("choices", "You can opt out of our mailings at any time by clicking the unsubscribe link in each of them."),
    ("choices", "Our site does not react to Do Not Track signals of your browser."),
    ("rights", "You have the right to request access to your personal data and to have inaccurate data corrected or erased."),
    ("legal-basis", "The legal basis for this processing is our legitimate interest in a working website."),
    ("retention", "We retain invoices for ten years and delete your profile when it is no longer needed."),
    ("security", "All traffic is encrypted with SSL, and firewalls protect our servers against unauthorised access."),
    ("children", "Our services are not directed to children under the age of 13 without parental consent."),
    ("international", "Your data may be transferred to the United States under the standard contractual clauses."),
    ("international", "California residents have further rights under the California Consumer Privacy Act."),
    ("changes-contact", "We may change this privacy policy from time to time; the new policy will be posted on this page."),
    ("changes-contact", "If you have questions about this privacy policy, please contact us by e-mail or post."),
    ("automated-decisions", "We do not use automated decision-making or profiling that has legal effects on you."),
]  # fmt: skip

SILENT = [
    ("cookies", "Our bakery sells bread, cakes and pies every morning from seven o'clock on weekdays."),
    ("sale", "The products sold in our shop carry a guarantee of two years from the day of delivery."),
    ("security", "Please state your social security number on the second page of the printed form."),
    ("rights", "Access to the site may be interrupted while we repair the servers in the machine room."),
    ("retention", "We retain the right to refuse service to anyone who insults members of our staff."),
    ("children", "Minor changes to the layout of these pages are made without any further notice."),
    ("sharing", "The company's share of the market grew by seven per cent during the last year."),
    ("advertising", "The museum opens at ten and closes at six, except on public holidays in winter."),
    ("international", "The dinner begins at eight in the great hall, and guests are asked to be on time."),
    ("data-collected", "All texts and pictures on these pages are protected by copyright and trade mark law."),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "text"), SPOKEN)
def test_hears_what_is_said(topic: str, text: str) -> None:
    score, evidence = LABELLER.scores(text, None)[topic]
    assert score >= DECIDED
    assert evidence


@pytest.mark.parametrize(("topic", "text"), SILENT)
def test_hears_nothing_where_nothing_is_said(topic: str, text: str) -> None:
    assert LABELLER.scores(text, None)[topic][0] < DECIDED


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("First Party Collection/Use", SPOKEN[0][1]),
        ("Third Party Sharing/Collection", SPOKEN[7][1]),
        ("User Choice/Control", SPOKEN[12][1]),
        ("Do Not Track", SPOKEN[13][1]),
        ("User Access, Edit and Deletion", SPOKEN[14][1]),
        ("Data Retention", SPOKEN[16][1]),
        ("Data Security", SPOKEN[17][1]),
        ("International and Specific Audiences", SPOKEN[18][1]),
        ("Policy Change", SPOKEN[21][1]),
        ("Privacy contact information", SPOKEN[22][1]),
        ("Introductory/Generic", "This privacy policy describes our practices. By using our site you agree to this policy."),
        ("Practice not covered", "Our site contains links to other websites. We are not responsible for the privacy practices of those sites."),
    ],
)  # fmt: skip
def test_names_the_category_of_opp115(category: str, text: str) -> None:
    scores = LABELLER.opp115(text, None)
    assert tuple(scores) == OPP115
    assert scores[category] >= DECIDED


@pytest.mark.parametrize("heading", [None, "Artificial intelligence"])
def test_an_answer_without_evidence_has_the_same_scores(heading: str | None) -> None:
    for _, text in SPOKEN:
        topics, categories = LABELLER.answer(text, heading)
        evident = LABELLER.scores(text, heading)
        assert topics == {topic: score for topic, (score, _) in evident.items()}
        assert categories == LABELLER.opp115(text, heading)


def test_what_stands_around_a_text_has_a_say_in_its_scores() -> None:
    vague = "They are kept for two years unless you remove them earlier in your settings."
    cookies = [(SPOKEN[3][1], "Cookies"), (vague, "Cookies"), (SPOKEN[4][1], "Cookies")]
    security = [(SPOKEN[17][1], "Data"), (vague, "Data"), (SPOKEN[17][1], "Data")]
    below, elsewhere = (
        LABELLER.answer_document(rows)[1][0]["cookies"] for rows in (cookies, security)
    )
    assert below > elsewhere
    assert LABELLER.answer(vague, "Cookies")[0]["cookies"] not in {below, elsewhere}


def test_texts_of_a_document_are_answered_as_its_blocks_are() -> None:
    said = [text for _, text in SPOKEN]
    blocks = [paragraph(f"p-{n}", text) for n, text in enumerate(said)]
    found = {(it.block, it.topic): it.score for it in LABELLER.label(document(*blocks))}
    answers = LABELLER.answer_document([(text, None) for text in said])
    assert found == {
        (f"p-{n}", topic): round(score, 3)
        for n, (topics, _) in enumerate(answers)
        for topic, score in topics.items()
        if score >= POSSIBLE
    }
    assert LABELLER.answer_document([]) == []


def test_a_heading_speaks_for_what_stands_below_it() -> None:
    text = "They are small files that stay on your computer until you close the browser."
    bare, headed = (LABELLER.scores(text, heading) for heading in (None, "Use of cookies"))
    assert headed["cookies"][0] > bare["cookies"][0]
    assert headed["cookies"][1][0] == "heading “Use of cookies”"


def test_evidence_is_the_deciding_words() -> None:
    _, evidence = LABELLER.scores(SPOKEN[3][1], None)["cookies"]
    assert any("cookie" in words for words in evidence)
    assert all(words in " ".join(tokens(SPOKEN[3][1])) for words in evidence)


def test_words_that_say_nothing_are_no_evidence() -> None:
    for topic, text in SPOKEN:
        _, evidence = LABELLER.scores(text, None)[topic]
        assert not {"and", "to", "the", "of", "we", "your"} & set(evidence)


def test_a_topic_of_ones_own_works_from_patterns_alone() -> None:
    pets = {"name": "Pets", "question": "Pets?", "wording": ["pet|pets", "veterinar*"], "headings": ["pets"]}  # fmt: skip
    labeller = Labeller(load({"pets": pets}))
    text = "We ask for the name of your pet and of its veterinarian."
    score, evidence = labeller.scores(text, None)["pets"]
    assert score == pytest.approx(0.69, abs=0.01)
    assert evidence == ("pet", "veterinarian")
    assert labeller.scores(SPOKEN[0][1], None)["pets"][0] < POSSIBLE
    assert labeller.scores(SPOKEN[0][1], "Our pets")["pets"][0] >= POSSIBLE


def test_a_topic_with_changed_patterns_hears_them_beside_the_model() -> None:
    wording = [*load()["cookies"].wording, "crumb|crumbs"]
    changed = Labeller(load({"cookies": {"wording": wording}}))
    text = "The shop leaves crumbs behind, and the crumbs of a friend of ours as well."
    assert LABELLER.scores(text, None)["cookies"][0] < POSSIBLE
    score, evidence = changed.scores(text, None)["cookies"]
    assert score == pytest.approx(0.5, abs=0.1)
    assert evidence == ("crumbs",)
    assert changed.scores(SPOKEN[3][1], None)["cookies"][0] >= DECIDED


def test_training_models_is_a_matter_of_automated_decisions() -> None:
    text = "Uploads may train machine learning models, and generative AI systems learn from them."
    score, evidence = LABELLER.scores(text, "Artificial intelligence")["automated-decisions"]
    assert score >= DECIDED
    assert {"train", "models"} <= set(evidence)


def test_a_renamed_topic_keeps_its_place_in_the_model() -> None:
    renamed = Labeller(load({"cookies": {"id": "tracking"}})).scores(SPOKEN[3][1], None)
    assert renamed["tracking"] == LABELLER.scores(SPOKEN[3][1], None)["cookies"]


def paragraph(id: str, text: str, *, folded: bool = False) -> Block:
    return Block("paragraph", (1, 1), runs=(Run(text),), id=id, folded=folded)


def bullets(id: str, *texts: str) -> Block:
    items = tuple(Item("", (paragraph("", text),)) for text in texts)
    return Block("list", (1, 1), items=items, id=id)


def document(*blocks: Block) -> Document:
    return Document("Privacy Policy", (Section("s", None, 2, (1, 1), blocks),))


def test_passages_name_their_block_in_document_order() -> None:
    found = LABELLER.label(
        document(paragraph("p-1", SPOKEN[3][1]), paragraph("p-2", SPOKEN[17][1]))
    )
    assert [(p.block, p.topic) for p in found if p.score >= DECIDED] == [
        ("p-1", "cookies"),
        ("p-2", "security"),
    ]
    assert all(POSSIBLE <= passage.score <= 1 for passage in found)


def test_passages_are_all_scores_that_are_possible() -> None:
    possible = 0
    for _, text in SPOKEN + SILENT:
        found = {it.topic: it for it in LABELLER.label(document(paragraph("p-1", text)))}
        ((scores, _),) = LABELLER.answer_document([(text, None)])
        heard = {topic: score for topic, score in scores.items() if score >= POSSIBLE}
        assert {topic: it.score for topic, it in found.items()} == {
            topic: round(score, 3) for topic, score in heard.items()
        }
        alone = LABELLER.scores(text, None)
        assert all(it.evidence == alone[topic][1] for topic, it in found.items() if alone[topic][1])
        possible += sum(score < 0.45 for score in heard.values())
    assert possible > 1


def test_the_part_that_says_it_best_is_quoted_and_of_equals_the_first() -> None:
    strong = "We do not sell, rent or trade your personal information to anybody at all. "
    weak = "We do not sell what we know of you. "
    filler = "The swimming pool opens at nine and closes at six in the evening. " * 6

    def start(*items: str) -> int:
        found = {p.topic: p for p in LABELLER.label(document(bullets("p-1", *items)))}
        return found["sale"].start

    assert start(filler + weak, filler + strong, filler) == len(filler + weak) + 1
    assert start(filler + strong, filler + strong, filler) == 0


def test_categories_begin_where_their_thresholds_say() -> None:
    source = Path(labeller.__file__).with_name("categories.toml").read_text("utf-8")
    tables = tomllib.loads(source)
    assert tables["alone"] != tables["together"]
    assert all(tuple(table) == OPP115 for table in tables.values())
    thresholds = tables["alone"]
    assert any(abs(threshold) > 0.2 for threshold in thresholds.values())
    model, text = linear.load(), SPOKEN[7][1]
    words = tokens(text)
    prior = model.prior([[]], [0], [linear.brevity(len(words).bit_length())])
    logits = model.logits(model.read([words]), prior)[0].tolist()[len(model.topics) :]
    assert LABELLER.opp115(text, None) == {
        category: pytest.approx(1 / (1 + exp(thresholds[category] - logit)))
        for category, logit in zip(model.categories, logits, strict=True)
    }


def test_menus_and_scraps_get_no_passage() -> None:
    menu = paragraph("p-1", SPOKEN[3][1], folded=True)
    assert LABELLER.label(document(menu, paragraph("p-2", "Cookies and cookies."))) == ()


def test_a_list_is_read_with_the_line_that_introduces_it() -> None:
    items = "delivery companies of our choice", "the bank that handles your card"
    intro = paragraph("p-1", "We share your personal information with:")

    def sharing(*blocks: Block) -> float:
        found = LABELLER.label(document(*blocks))
        return max((p.score for p in found if (p.block, p.topic) == ("p-2", "sharing")), default=0)

    assert sharing(intro, bullets("p-2", *items)) >= DECIDED
    assert sharing(bullets("p-2", *items)) < DECIDED


GLUED = "The club was founded in 1904 by nine friends who liked long walks." * 40
"""A text that came without its breaks, as one in six of the DMOZ sample has somewhere."""


def test_a_giant_paragraph_is_heard_part_by_part() -> None:
    said = "We use cookies to remember what is in your basket and to recognise your browser."
    text = GLUED + said + GLUED
    found = {passage.topic: passage for passage in LABELLER.label(document(paragraph("p-1", text)))}
    passage = found["cookies"]
    assert passage.score >= DECIDED
    assert 0 < passage.start <= text.index(said)
    assert len(text[passage.start : text.index(said)].split()) < 100


@given(
    st.lists(st.sampled_from(["One two. ", "three four", "Five!", " (six) ", "\n"]), max_size=900)
)
def test_the_parts_of_a_block_are_all_of_it_in_order(sentences: list[str]) -> None:
    text = "".join(sentences)
    (block,) = in_context(document(paragraph("p-1", text)))
    at = 0
    for part in block.parts:
        assert text[part.start :].startswith(part.text)
        assert not text[at : part.start].strip()
        at = part.start + len(part.text)
    assert not text[at:].strip()


def test_a_long_list_is_heard_part_by_part() -> None:
    filler = ["The swimming pool opens at nine and closes at six in the evening."] * 30
    found = LABELLER.label(document(bullets("p-1", *filler, SPOKEN[8][1], *filler)))
    assert any(passage.topic == "sale" and passage.score >= DECIDED for passage in found)


def titled(size: int) -> Document:
    """Sections of one word each below a heading as long as all of them."""
    said = paragraph("p-1", "We use cookies to remember you.")
    short = [Section("s", f"t{n}", 2, (1, 1), (said,)) for n in range(size)]
    return Document("P", (Section("a", "word " * size, 1, (1, 1), ()), *short))


def introduced(size: int) -> Document:
    """Items below an introduction as long as all of them."""
    items = [paragraph("p-2", "a) the sale of your data to anybody") for _ in range(size)]
    return document(paragraph("p-1", "x" * (40 * size) + ":"), *items)


@pytest.mark.parametrize("made", [titled, introduced])
def test_what_is_read_again_with_each_block_is_bounded(made: Callable[[int], Document]) -> None:
    def characters(size: int) -> int:
        """How much the labeller reads: of each block its heading, and its parts."""
        blocks = list(in_context(made(size)))
        assert len(blocks) >= size
        return sum(len(b.heading or "") + sum(len(p.text) for p in b.parts) for b in blocks)

    assert characters(4000) < 2.2 * characters(2000)


@settings(deadline=None)
@given(st.text(max_size=500), st.none() | st.text(max_size=60))
def test_anything_gets_scores_within_bounds_and_always_the_same(
    text: str, heading: str | None
) -> None:
    scores = LABELLER.scores(text, heading)
    assert set(scores) == {topic.id for topic in load().topics}
    assert all(0 <= score <= 1 for score, _ in scores.values())
    assert scores == LABELLER.scores(text, heading) == Labeller(load()).scores(text, heading)
    assert all(0 <= score <= 1 for score in LABELLER.opp115(text, heading).values())


@pytest.mark.parametrize(
    "unit", ["information ", "we share sell rent ", "a", "a.", "[", "do not ", "ﬁ", "\n", "é ", "..", "1 "]
)  # fmt: skip
def test_a_long_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        start = time.process_time()
        LABELLER.scores(text, text[:200])
        return time.process_time() - start

    small, large = min(seconds(10_000) for _ in range(3)), seconds(100_000)
    assert large < 40 * small + 0.05
