"""A family is drawn as social workers draw one, and no line crosses where none need cross."""

import re
from datetime import date
from itertools import combinations

import pytest
from lxml import etree

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.people.family import family_of
from hearth.people.genogram import draw
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"


def tie(person, code, other, **more):
    return RelationshipFactory.create(person=person, code=code, other_person=other, **more)


def person(name, sex="F", **more):
    return PersonFactory.create(given_names=name, sex=sex, **more)


def child(name, sex="F", **more):
    return ChildFactory.create(given_names=name, sex=sex, **more)


def home(*people):
    household = HouseholdFactory.create()
    for each in people:
        HouseholdMemberFactory.create(household=household, person=each)


def two_partner_family():
    """Joan had Tom with Ray, then Amy, Ben and an unborn baby with Dan; her parents; his mother."""
    joan, ray, dan = person("Joan"), person("Ray", "M"), person("Dan", "M")
    gran, grandad, nan = (
        person("Gran"),
        person("Grandad", "M", died_on=date(2019, 1, 1)),
        person("Nan"),
    )
    tom, amy, ben = child("Tom", "M"), child("Amy"), child("Ben", "M")
    baby = ChildFactory.create(given_names="", unborn=True)
    for parent, kids in ((joan, (tom, amy, ben, baby)), (dan, (amy, ben, baby)), (ray, (tom,))):
        for kid in kids:
            tie(parent, "mother" if parent == joan else "father", kid)
    for elder, code, kid in (
        (gran, "mother", joan),
        (grandad, "father", joan),
        (nan, "mother", dan),
    ):
        tie(elder, code, kid)
    tie(gran, "wife", grandad)
    tie(joan, "former_partner", ray)
    tie(joan, "partner", dan)
    home(joan, dan, amy, ben)
    return amy


def drawn(child):
    return draw(family_of(child, today=TODAY), today=TODAY)


def lines(svg):
    """Every straight stroke of the lines of descent and the couples: (x1, y1, x2, y2, path)."""
    found = []
    wanted = ("hearth-genogram__children", "hearth-genogram__couple")
    for number, path in enumerate(etree.fromstring(str(svg)).iter(f"{SVG}path")):
        if path.get("class") not in wanted:
            continue
        x = y = 0.0
        for step, first, second in re.findall(
            r"([MHV])(-?[\d.]+)(?: (-?[\d.]+))?", str(path.get("d"))
        ):
            nx = float(first) if step in "MH" else x
            ny = float(second) if step == "M" else float(first) if step == "V" else y
            if step != "M":
                found.append((x, y, nx, ny, number))
            x, y = nx, ny
    return found


def cross(one, other):
    """Whether two strokes of different lines meet inside both, or run along each other."""
    (x1, y1, x2, y2, path), (u1, v1, u2, _, other_path) = one, other
    if path == other_path:
        return False
    if (x1 == x2) == (u1 == u2):
        return runs_along(one, other)
    if x1 != x2:
        return cross(other, one)
    return min(u1, u2) < x1 < max(u1, u2) and min(y1, y2) < v1 < max(y1, y2)


def runs_along(one, other):
    """Whether two strokes lie on one line and share a length of it."""
    for along, across in ((0, 1), (1, 0)):
        if one[across] == one[across + 2] == other[across] == other[across + 2]:
            low = max(min(one[along], one[along + 2]), min(other[along], other[along + 2]))
            high = min(max(one[along], one[along + 2]), max(other[along], other[along + 2]))
            return low < high
    return False


def crossings(svg):
    return [pair for pair in combinations(lines(svg), 2) if cross(*pair)]


def test_a_family_of_ten_with_two_partners_has_no_crossing():
    drawing = drawn(two_partner_family())

    assert len(drawing.tree.people) == 10
    assert drawing.crossings == 0
    assert crossings(drawing.svg) == []


def test_the_same_family_is_drawn_the_same_way_each_time():
    amy = two_partner_family()

    assert drawn(amy).svg == drawn(amy).svg


def test_each_is_drawn_by_their_symbol():
    svg = str(drawn(two_partner_family()).svg)

    root = etree.fromstring(svg)
    assert len(list(root.iter(f"{SVG}rect"))) == 5  # Ray, Dan, Grandad, Tom, Ben
    assert len(list(root.iter(f"{SVG}circle"))) == 4 + 1  # the child it is drawn for is doubled
    assert "died 2019" in svg
    assert "due 1 August 2026" in svg


def test_it_says_in_words_what_it_draws():
    drawing = drawn(two_partner_family())

    assert "were partners" in drawing.words
    assert "Children of" in drawing.words
    root = etree.fromstring(str(drawing.svg))
    assert str(root.findtext(f"{SVG}title")).startswith("Family of Amy")
    assert root.findtext(f"{SVG}desc") == drawing.words


def test_nothing_in_it_is_refused_by_the_content_security_policy():
    svg = str(drawn(two_partner_family()).svg)

    assert "style=" not in svg
    assert "<script" not in svg
    assert "<style" not in svg


def test_names_are_escaped():
    amy = child('<b>"Amy"</b> & Co')

    svg = str(drawn(amy).svg)

    assert "<b>" not in svg
    etree.fromstring(svg)


def test_somebody_alone_and_somebody_unlinked_are_drawn_too():
    amy = child("Amy")
    assert drawn(amy).words == "Nobody else is on record."
    tie(person("Aunt"), "aunt", amy)
    lodger = person("Lodger", "U")
    home(amy, lodger)

    drawing = drawn(amy)

    assert {"Aunt", "Lives in the"} <= set(re.findall(r">([^<]+)</text>", str(drawing.svg)))


def test_a_restricted_brother_leaves_no_trace_in_the_drawing():
    amy = two_partner_family()
    tom = family_of(amy, today=TODAY).siblings[0].person
    RestrictionFactory.create(person=tom)

    with acting_as(UserFactory.create()):
        drawing = drawn(amy)

    assert tom.name not in drawing.svg
    assert tom.pk not in drawing.tree.people


def test_believed_adoptive_and_caring_parents_have_lines_of_their_own():
    amy = child("Amy")
    mum, dad, carer, adopter = (person("Mum"), person("Man", "M"), person("Carer"), person("Ann"))
    tie(mum, "mother", amy)
    tie(dad, "believed_father", amy)
    tie(carer, "foster_carer", amy)
    tie(adopter, "adoptive_mother", amy)

    drawing = drawn(amy)

    assert {union.kind for union in drawing.tree.unions} == {"birth", "care", "adoptive"}
    assert [couple.state for couple in drawing.tree.couples] == ["believed"]
    assert "Cared for by Carer" in drawing.words


def test_a_home_where_nobody_is_drawn_has_no_line_round_it():
    amy, friend = child("Amy"), person("Friend")
    tie(friend, "family_friend", amy)
    home(friend, person("Lodger", "M"))

    assert drawn(amy).tree.homes == []


def test_whole_brothers_and_sisters_hang_together_without_parents():
    amy, ben, cal = child("Amy"), child("Ben", "M"), child("Cal", "M")
    tie(ben, "brother", amy)
    tie(cal, "brother", amy)

    drawing = drawn(amy)

    assert [len(union.children) for union in drawing.tree.unions] == [3]
    assert "Brothers and sisters" in drawing.words


def test_a_large_family_is_drawn_in_good_time():
    joan = person("Joan")
    for n in range(6):
        dad = person(f"Dad{n}", "M")
        for m in range(3):
            kid = child(f"Kid{n}{m}")
            tie(joan, "mother", kid)
            tie(dad, "father", kid)
        for m in range(2):
            tie(dad, "father", child(f"Other{n}{m}"))

    drawing = drawn(joan)

    assert len(drawing.tree.people) >= 25
