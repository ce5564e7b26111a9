"""Papers that leave the service: accessible, the same each time, and nothing in the wrong hands."""

from dataclasses import replace
from typing import Any

import pytest

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.tests.factories import (
    AddressFactory,
    ChildFactory,
    NameFactory,
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)
from hearth.records import actions
from hearth.records.models import Document
from hearth.records.outgoing import (
    Around,
    Offer,
    Outgoing,
    Reader,
    facts,
    letter,
    made_as,
    page_of,
    points,
    put_together,
    quote,
    section,
    table,
    words,
)
from hearth.records.tests.papers import is_tagged, pdf_of, tags_of, word_of

pytestmark = pytest.mark.django_db

ODD = "Zoë \u0639\u0645\u0631 😀 \u200b & <b> {{ x }} #panic()"


def paper(*sections, **kwargs):
    given: dict[str, Any] = {
        "title": "The plan",
        "subject": "Rowan Quill",
        "reader": "Dawn Quill",
        "is_for_family": True,
        "marking": "Private",
        "on": "3 March 2026",
        "authority": "Fenbridge",
        "opening": (words("Dear Dawn."),),
        "closing": (words("Goodbye."),),
        "sections": tuple(each for some in sections for each in some),
    }
    return Outgoing(**given | kwargs)


def everything():
    actions = [(f"Thing {n}", "Mum", "3 May 2026", "We see it") for n in range(40)]
    return paper(
        section("Rowan", facts(("Born", "2012"), ("Not known", "")), quote("I want Gran", "Rowan")),
        section("What is done", table("To be done", ("What", "Who", "When", "How"), actions)),
        section("Empty", words(""), points()),
        section("Odd", words(ODD), points("one", "x" * 300)),
        address="3 Fen Row\nFenbridge",
    )


@pytest.fixture
def rowan():
    return ChildFactory.create(given_names="Rowan", family_name="Quill")


@pytest.fixture
def bea():
    return ChildFactory.create(given_names="Beatrice", known_as="Bea", family_name="Quill")


@pytest.fixture
def dawn(rowan, bea):
    mother = PersonFactory.create(given_names="Dawn", family_name="Quill")
    for child in (rowan, bea):
        RelationshipFactory.create(person=mother, other_person=child)
    return Reader(key="dawn", name="Dawn Quill", person=mother, is_family=True)


def said_by(page):
    assert page.chosen is not None
    return page.chosen.paper.text


def offer(reader, *sections, **kwargs):
    def make(shown, with_words):
        ids = {child.pk for child in shown}
        kept = [some for some in sections if not some[0].about or set(some[0].about) & ids]
        said = section("Said", words("The child's own words")) if with_words else ()
        return paper(*kept, said, **kwargs)

    children = [child.pk for child in Person.objects.filter(la_child_id__isnull=False)]
    return Offer(key="a", label="A", reader=reader, make=make, around=Around(children))


def test_a_pdf_is_tagged_for_a_screen_reader_with_headings_lists_and_one_table():
    pdf, said = pdf_of(made_as(everything(), "pdf"))

    assert is_tagged(pdf)
    assert pdf.metadata.title == "The plan: Rowan Quill"
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI"} <= tags_of(pdf)
    assert "Thing 39" in said
    assert "Not known" not in said
    assert "Empty" not in said


def test_word_has_real_headings_a_table_with_a_heading_row_and_its_language():
    document, said = word_of(made_as(everything(), "docx"))

    styles = {part.style.name: part.text for part in document.paragraphs}
    assert styles["Heading 1"] == "The plan"
    assert {"Heading 2", "List Bullet", "Quote"} <= set(styles)
    assert len(document.tables[0].rows) == 41
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml  # noqa: SLF001
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "The plan: Rowan Quill"
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert "Thing 39" in said


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_odd_characters_stand_as_they_are_or_are_named_and_the_same_paper_is_the_same_bytes(ending):
    read = {"pdf": pdf_of, "docx": word_of}[ending]

    first = made_as(everything(), ending)

    assert first == made_as(everything(), ending)
    said = read(first)[1]
    assert "Zoë" in said
    assert "#panic()" in said
    assert "& <b> {{ x }}" in said


def test_what_xml_cannot_hold_does_not_stop_a_word_document():
    _, said = word_of(made_as(paper(section("A", words("be\x00\x0bfore"))), "docx"))

    assert "before" in said


def test_a_councils_own_letterhead_and_letters_stand_in_place_of_ours(settings, tmp_path):
    import docx

    own = docx.Document()
    own.add_paragraph("Fenbridge Town Hall")
    own.save(str(tmp_path / "letterhead.docx"))
    (tmp_path / "plan.txt").write_text("Hi {{ name }}\n\n{{ record }}\n\n- one\n- two {{ name }}")
    ours = tmp_path / "ours" / "plan.txt"
    ours.parent.mkdir()
    ours.write_text("Dear {{ name }},\n\n{{ missing }}\n\n{{ record }}\n\nBye")
    assert letter(ours, {"name": "Dawn", "missing": ""})[0] == (words("Dear Dawn,"),)
    settings.LETTERS = tmp_path

    opening, closing = letter(ours, {"name": "Dawn"})
    _, said = word_of(made_as(paper(section("A", words("b")), opening=opening), "docx"))

    assert closing == (points("one", "two Dawn"),)
    assert said.index("Fenbridge Town Hall") < said.index("The plan") < said.index("Hi Dawn")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hi {{ name }}", "does not say where the record stands"),
        ("{{ settings }}\n\n{{ record }}", "asks for “settings”, which it does not have"),
    ],
)
def test_a_letter_that_cannot_be_filled_is_refused_in_words(tmp_path, text, why):
    (tmp_path / "own.txt").write_text(text)

    with pytest.raises(CannotDo, match=why):
        letter(tmp_path / "own.txt", {"name": "Dawn"})


def test_a_brothers_name_in_a_sisters_part_is_said_before_it_is_made(rowan, bea, dawn):
    parts = (
        section("Bea", words("Rowan saw it too"), about=[bea.pk]),
        section("All", words("Rowan")),
    )
    chosen = put_together(offer(dawn, *parts), [rowan, bea])

    assert [str(one) for one in chosen.warnings] == ["Bea Quill's part names Rowan Quill: “Rowan”"]
    given = {
        "chosen": chosen,
        "ending": "pdf",
        "about": [bea.pk],
        "named": "a",
        "by": UserFactory.create(),
    }
    with pytest.raises(CannotDo, match="say that you have checked them"):
        actions.take_out(**given, checked=False)
    assert actions.take_out(**given, checked=True).startswith(b"%PDF")
    event = TrailEvent.objects.get(what__startswith="Took out on paper")
    assert (event.what, event.reason) == ("Took out on paper: The plan, as PDF", "For Dawn Quill")
    with pytest.raises(CannotDo, match="as PDF or as Word"):
        actions.take_out(**given | {"ending": "exe"}, checked=True)


def test_the_whole_of_a_childs_copy_is_looked_through_for_brothers_and_sisters(rowan, bea):
    reader = Reader(key="b", name="Bea", person=bea, is_family=True)
    chosen = put_together(offer(reader, section("All", words("Rowan will go"))), [rowan, bea])

    assert [one.word for one in chosen.warnings] == ["Rowan"]


def test_a_restricted_brother_never_shows_in_another_persons_copy(rowan, bea, dawn):
    RestrictionFactory.create(person=rowan, kind="witness", recorded_by=UserFactory.create())
    NameFactory.create(person=rowan, given_names="Ronan", family_name="Quill")
    made = offer(
        dawn,
        section(str(bea), words("Bea misses ROWAN and Ronan Quill."), about=[bea.pk]),
        section(str(rowan), words("Secret"), about=[rowan.pk]),
    )

    chosen = put_together(made, [rowan, bea])
    _, said = pdf_of(made_as(chosen.paper, "pdf"))

    assert "Bea misses [kept back] and [kept back]" in said
    assert "rowan" not in chosen.paper.text.lower()
    assert "Secret" not in said
    assert "Rowan Quill is left out: a restricted record" in chosen.paper.noted[0]
    assert "the name of Rowan Quill, whose record is restricted" in chosen.paper.noted[1]
    own = Reader(key="r", name="Rowan", person=rowan, is_family=True)
    assert own.may_read_of([rowan, bea], Around([rowan.pk, bea.pk])) == ([rowan], [])
    assert Reader(key="p", name="Police").may_read_of([rowan, bea], Around([rowan.pk, bea.pk])) == (
        [rowan, bea],
        [],
    )


def test_a_copy_of_which_nothing_may_be_read_is_not_made(rowan, dawn):
    RestrictionFactory.create(person=rowan, kind="adoption", recorded_by=UserFactory.create())

    page = page_of([offer(dawn)], [rowan], {"of": "a"})

    assert page.chosen is None
    assert "Nothing of this may be read by Dawn Quill" in page.why_not
    RestrictionFactory.create(person=dawn.person, kind="adoption", recorded_by=UserFactory.create())
    assert dawn.may_read_of([rowan], Around([rowan.pk])) == ([rowan], [])


def test_an_address_in_confidence_never_shows_in_a_familys_copy(rowan, bea, dawn):
    father = PersonFactory.create()
    RelationshipFactory.create(person=father, other_person=bea, code="father")
    AddressFactory.create(
        person=dawn.person, lines="12 Safe House, Ely", postcode="CB7 4ZZ", confidential=True
    )
    reader = Reader(key="f", name="Bill", person=father, is_family=True)
    said = section(
        "All", words("They live at 12 safe house, ely. Post to CB7 4ZZ, or 12 Safe House")
    )

    chosen = put_together(offer(reader, said), [bea])

    assert "safe house" not in chosen.paper.text.lower()
    assert "CB7" not in chosen.paper.text
    assert "an address of Dawn Quill that is to be kept from the family" in chosen.paper.noted[0]
    assert "12 safe house" in put_together(offer(dawn, said), [bea]).paper.text
    assert dawn.address(Around([bea.pk])) == ""
    AddressFactory.create(person=father, lines="3 Fen Row, Ely", postcode="CB7 4AA")
    assert reader.address(Around([bea.pk])) == "3 Fen Row\nEly\nCB7 4AA"


def test_a_father_of_one_child_does_not_have_the_others_part(rowan, bea):
    father = PersonFactory.create()
    RelationshipFactory.create(person=father, other_person=bea, code="father")
    reader = Reader(key="f", name="Bill", person=father, is_family=True)

    shown, why = reader.may_read_of([rowan, bea], Around([rowan.pk, bea.pk]))

    assert shown == [bea]
    assert why[0].startswith("Rowan Quill's own part is left out: the record does not say that")


def test_what_children_said_goes_to_a_parent_only_when_it_is_chosen(rowan, dawn):
    made = offer(dawn, section("All", words("b")))

    assert "own words" not in said_by(page_of([made], [rowan], {}))
    assert "own words" in said_by(page_of([made], [rowan], {"words": "yes"}))
    police = replace(made, reader=Reader(key="p", name="Police"))
    assert "own words" in said_by(page_of([police], [rowan], {"of": "nothing"}))


def test_a_childs_copy_says_its_reading_age_and_names_its_hardest_sentences(rowan, settings):
    hard = "The multi-disciplinary organisation anticipates considerable deterioration generally."
    reader = Reader(key="r", name="Rowan", person=rowan, is_family=True)
    made = replace(offer(reader, section("All", words(hard))), is_plain=True)

    chosen = put_together(made, [rowan])

    assert chosen.hardest == (hard,)
    assert (
        f"Written for a reading age of about {chosen.age}."
        in pdf_of(made_as(chosen.paper, "pdf"))[1]
    )
    settings.READING_AGE = 30
    assert put_together(made, [rowan]).hardest == ()


def test_a_paper_is_kept_as_it_was_sent(rowan, tmp_path, settings):
    settings.DOCUMENTS = tmp_path
    by = UserFactory.create()

    version = actions.keep_as_sent(
        paper=paper(section("A", words("b"))), children=[rowan], kind="minutes", by=by
    )

    document = Document.objects.get()
    assert document.title == "The plan, as sent to Dawn Quill"
    assert version.content_type == "application/pdf"
    assert not document.confidential_from_family
