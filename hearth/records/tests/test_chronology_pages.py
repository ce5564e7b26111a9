"""The chronology read, narrowed and printed: in a few steps, in a few seconds."""

import time
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import acting_as
from hearth.config.testing import at_most_queries
from hearth.lib.panels import panels_for
from hearth.people.tests.factories import PersonFactory, RelationshipFactory, RestrictionFactory
from hearth.records import actions
from hearth.records.forms.chronology import ChronologyFilter
from hearth.records.models import ChronologyEntry
from hearth.records.printing import compiled, print_of
from hearth.records.story import source_address, story_of
from hearth.records.tests.factories import (
    ALONE,
    ChronologyEntryFactory,
    DraftFactory,
    moment,
    note,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def siblings(ade, bea):
    mother = PersonFactory.create()
    for child in (ade, bea):
        RelationshipFactory.create(person=mother, other_person=child)
    return [ade, bea]


def told(entries, child, siblings=()):
    return [event.entry.title for event in story_of(entries, child, siblings).events]


def narrowed(child, *siblings, **asked):
    return told(ChronologyFilter(asked).narrow([child, *siblings]), child, siblings)


@pytest.fixture
def story(ade):
    """Four years of a child's life."""
    for on, kind, significance, title in (
        (date(2022, 5, 1), "referral", "high", "Referral from the police"),
        (date(2025, 1, 10), "visit", "medium", "Visit at home"),
        (date(2025, 6, 1), "contact", "low", "Message about a form"),
        (date(2026, 2, 2), "assessment", "high", "Assessment completed"),
    ):
        ChronologyEntryFactory.create(
            child=ade,
            happened_on=on,
            kind=kind,
            significance=significance,
            title=title,
            text=f"{title}, in short.",
        )
    return ChronologyEntry.objects.of_children(ade)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Assessment", "Message", "Visit", "Referral"]),
        ({"kind": "visit"}, ["Visit"]),
        ({"significance": "significant"}, ["Assessment", "Visit", "Referral"]),
        ({"significance": "high"}, ["Assessment", "Referral"]),
        ({"since": "2025-01-10", "until": "1 June 2025"}, ["Message", "Visit"]),
        ({"since": "2024-03-02", "significance": "significant"}, ["Assessment", "Visit"]),
        ({"text": "POLICE, in"}, ["Referral"]),
        ({"text": "100%_"}, []),
        ({"kind": "nonsense"}, ["Assessment", "Message", "Visit", "Referral"]),
    ],
)
def test_a_chronology_is_narrowed_by_kind_significance_period_and_words(ade, story, asked, found):
    assert [title.split()[0] for title in narrowed(ade, **asked)] == found


def test_a_period_runs_forward():
    form = ChronologyFilter({"since": "2026-01-02", "until": "2026-01-01"})

    assert not form.is_valid()
    assert "must not be before" in str(form.errors)


def test_what_was_asked_for_is_said_in_words():
    asked = {
        "significance": "significant",
        "kind": "visit",
        "since": "2024-03-02",
        "until": "2026-03-02",
        "text": "dog",
    }

    assert ChronologyFilter(asked).described() == (
        "events of medium and high significance of kind visit "
        "from 2 March 2024 to 2 March 2026 with the words “dog”"
    )
    assert ChronologyFilter({}).described() == "all events"


def test_a_sibling_groups_story_tells_each_event_once_with_whose_it_is(worker, ade, bea):
    note(ade, bea, by=worker, significance="high", headline="Both")
    note(bea, by=worker, significance="high", headline="Bea alone")
    entries = ChronologyFilter({"whose": "siblings"}).narrow([ade, bea])

    events = {event.entry.title: event.who for event in story_of(entries, ade, [bea]).events}

    assert events == {"Both": "Ade Quill, Bea Quill", "Bea alone": "Bea Quill"}


def test_a_siblings_private_words_are_neither_told_nor_found_in_the_groups_story(worker, ade, bea):
    note(ade, bea, by=worker, significance="high", texts={ade.pk: "Mine", bea.pk: "Blue door"})
    entries = ChronologyFilter({"whose": "siblings"}).narrow([ade, bea])

    (event,) = story_of(entries, ade, [bea]).events

    assert event.private_text == "Mine"
    assert narrowed(ade, bea, whose="siblings", text="blue door") == []


def test_an_event_opens_the_record_it_comes_from_on_this_childs_record(worker, ade, bea):
    made = visit(ade, bea, by=worker)
    entry = ChronologyEntry.objects.get(child=bea)

    assert source_address(entry) == f"/visits/{made.pk}/?child={bea.pk}"
    assert source_address(ChronologyEntryFactory.build(page="gone:page", source_id=1)) == ""


# Pages


def test_a_two_year_significant_print_is_two_steps_from_the_childs_page(browser, ade, story):
    page = browser.get(reverse("records:chronology", args=[ade.pk])).content.decode()

    start = page.index("/chronology/print/?")
    address = page[page.rindex('"', 0, start) + 1 : page.index('"', start)].replace("&amp;", "&")
    printed = browser.get(address)

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")


def test_the_chronology_says_what_is_there_and_what_is_not(browser, ade, bea, story, siblings):
    full = browser.get(reverse("records:chronology", args=[ade.pk])).content.decode()
    empty = browser.get(reverse("records:chronology", args=[bea.pk])).content.decode()
    nothing = browser.get(reverse("records:chronology", args=[bea.pk]), {"text": "x"})
    group = browser.get(reverse("records:chronology", args=[bea.pk]), {"whose": "siblings"})
    wrong = browser.get(reverse("records:chronology", args=[ade.pk]), {"since_day": "99"})

    assert "4 events" in full
    assert "appear here by themselves" in empty
    assert "Nothing on the record matches" in nothing.content.decode()
    assert "Read with Ade Quill" in group.content.decode()
    assert "Assessment completed" in group.content.decode()
    assert "Enter the month and the year" in wrong.content.decode()


def test_the_chronology_costs_no_more_with_many_events(browser, ade):
    ChronologyEntryFactory.create_batch(120, child=ade)

    with at_most_queries(15):
        page = browser.get(
            reverse("records:chronology", args=[ade.pk]), {"page": "2", "whose": "siblings"}
        )

    assert "showing 51 to 100" in page.content.decode()


def test_significance_and_impact_are_added_from_the_event(browser, ade):
    entry = ChronologyEntryFactory.create(child=ade, title="Third time without a coat")

    for page, sent in (
        ("change_significance", {"significance": "high", "reason": "A pattern"}),
        ("add_impact", {"text": "He was cold and ashamed."}),
    ):
        wrong = browser.post(reverse(f"records:{page}", args=[entry.pk]), {"text": ""})
        assert "There is a problem" in wrong.content.decode()
        assert browser.post(reverse(f"records:{page}", args=[entry.pk]), sent).status_code == 302

    page = browser.get(reverse("records:read_entry", args=[entry.pk])).content.decode()
    assert "Medium to high" in page
    assert "A pattern" in page
    assert "He was cold and ashamed." in page


def test_a_withdrawn_event_is_neither_weighed_nor_added_to(browser, worker, ade):
    written = note(ade, by=worker, significance="high")
    entry = ChronologyEntry.objects.get()
    actions.withdraw_written(written=written, reason="Mistake", by=worker)

    page = browser.get(reverse("records:read_entry", args=[entry.pk])).content.decode()

    assert "no longer in the chronology" in page
    assert browser.get(reverse("records:add_impact", args=[entry.pk])).status_code == 403
    assert browser.get(reverse("records:change_significance", args=[entry.pk])).status_code == 403


# The print


def printed(child, worker, siblings=(), entries=None):
    entries = ChronologyEntry.objects.of_children(child, *siblings) if entries is None else entries
    story = story_of(entries, child, siblings)
    return print_of(story, chosen="all events", by=worker, at=timezone.now())


def test_a_print_is_a_tagged_accessible_document(worker, ade, story):
    pdf = printed(ade, worker)

    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part" in pdf
    assert b"/Lang" in pdf


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x") *bold* _under_ $x$ @ref <label> // comment',
        "#import sys: inputs",
        "\u0645\u062f\u0631\u0633\u0629 \u05e9\u05dc\u05d5\u05dd",
        "\U0001f642\U0001f468\u200d\U0001f469\u200d\U0001f467 \u4e2d\u6587 \u0985\u0993",
        "\ue000\uffff\U0010ffff",
        "\n\n\n" + "long " * 20_000,
        '"]}',
        "",
    ],
)
def test_anything_at_all_that_was_typed_is_printed_and_none_of_it_is_markup(worker, ade, words):
    ChronologyEntryFactory.create(
        child=ade, text=words, private_text=words, title=words[:50] or "-"
    )

    assert printed(ade, worker).startswith(b"%PDF-")


def test_a_character_no_font_has_is_named_in_words():
    source = b"""#set document(title: "x")
#let given = json(bytes(sys.inputs.given))
#assert(given.words == "so [cjk unified ideograph-30000] pleased")
#given.words"""

    assert compiled(source, {"words": "so \U00030000 pleased"})


def test_a_fault_of_our_own_in_the_print_is_not_hidden():
    with pytest.raises(Exception, match="unknown variable"):
        compiled(b"#nothing", {})


def test_an_empty_chronology_and_an_unborn_or_undated_child_are_printed(worker, ade):
    ade.born_on, ade.birth_kind = None, "unknown"

    assert printed(ade, worker, entries=[])


def test_five_thousand_events_are_narrowed_and_printed_in_five_seconds(worker, ade):
    ChronologyEntry.objects.bulk_create(
        ChronologyEntryFactory.build(
            child=ade, recorded_by=worker, text="He came without a coat again. " * 8, source_id=1
        )
        for _ in range(5000)
    )

    began = time.process_time()
    entries = list(ChronologyFilter({"significance": "significant"}).narrow([ade]))
    pdf = printed(ade, worker, entries=entries)
    took = time.process_time() - began

    assert len(entries) == 5000
    assert len(pdf) > 1_000_000
    assert took < 5


# The child's front page


def test_the_childs_front_page_is_given_direction_last_seen_story_and_drafts(worker, manager, ade):
    actions.record_oversight(
        children=[ade], text="See him by Friday.", oversight_point="allocation", by=manager
    )
    visit(ade, by=worker, parts=[(ade, ALONE)])
    DraftFactory.create(worker=worker, about=[ade.pk])

    panels = {panel.key: panel.context for panel in panels_for(worker, ade, timezone.localdate())}

    assert panels["direction"]["part"].note.text == "See him by Friday."
    assert panels["seen"]["last"].visited_by == worker
    assert len(panels["story"]["events"]) == 2
    assert [draft.worker for draft in panels["drafts"]["drafts"]] == [worker]


def test_the_front_page_is_drawn_with_and_without_them(browser, worker, manager, ade, bea):
    actions.record_oversight(
        children=[ade], text="See him by Friday.", oversight_point="allocation", by=manager
    )
    visit(ade, by=worker)
    actions.plan_visit(
        children=[ade],
        kind="child_in_need",
        planned_on=timezone.localdate(),
        worker=worker,
        by=worker,
    )
    DraftFactory.create(worker=worker, about=[ade.pk], address="/drafts/save/")
    DraftFactory.create(worker=manager, about=[ade.pk])

    full = browser.get(reverse("desk:child", args=[ade.pk])).content.decode()
    empty = browser.get(reverse("desk:child", args=[bea.pk])).content.decode()

    assert "See him by Friday." in full
    assert "Next visit" in full
    assert "begun by you" in full
    assert f"begun by {manager}" in full
    assert "No visit at which Bea Quill was seen is recorded" in empty
    assert "Nothing significant has been recorded yet" in empty


def test_when_a_child_was_never_seen_alone_the_page_says_so(browser, worker, ade):
    part = {"seen": True, "seen_alone": False, "reason": "asleep"}
    visit(ade, by=worker, parts=[(ade, part)])

    page = browser.get(reverse("desk:child", args=[ade.pk])).content.decode()
    visit(ade, by=worker, happened_at=moment(2026, 1, 5))
    after = browser.get(reverse("desk:child", args=[ade.pk])).content.decode()

    assert "never recorded as seen alone" in page
    assert "last seen alone 5 January 2026" in after


def test_a_restricted_sibling_takes_shared_events_out_of_the_story(worker, ade, bea):
    note(ade, bea, by=worker, significance="high")
    note(ade, by=worker, significance="high", headline="Ade alone")
    RestrictionFactory.create(person=bea)

    with acting_as(worker):
        assert told(ChronologyEntry.objects.of_children(ade), ade) == ["Ade alone"]
