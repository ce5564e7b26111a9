"""The chronology writes itself from the record."""

from datetime import date

import pytest
from django.db import IntegrityError

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.lib.codes import UnknownCode
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory
from hearth.records import actions
from hearth.records.models import ChronologyEntry
from hearth.records.tests.factories import ChronologyEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return UserFactory.create()


def chronicle(worker, children, **kwargs):
    given = {
        "kind": "visit",
        "title": "Visit at home",
        "text": "The house was warm.",
        "happened_on": date(2026, 3, 2),
        "source": children[0],
        "page": "desk:child",
        "by": worker,
    }
    return actions.chronicle(about=children, **(given | kwargs))


def test_an_event_goes_into_the_story_of_each_child_it_is_about(worker):
    children = ChildFactory.create_batch(3)

    chronicle(worker, children)

    for child in children:
        (entry,) = ChronologyEntry.objects.of_children(child)
        assert (entry.title, entry.happened_on) == ("Visit at home", date(2026, 3, 2))
        assert entry.about == sorted(c.pk for c in children)
        assert entry.recorded_by == worker


def test_siblings_entries_for_one_event_are_known_to_be_one(worker):
    children = ChildFactory.create_batch(2)

    one, other = chronicle(worker, children)
    (another,) = chronicle(worker, children[:1])

    assert one.event == other.event != another.event


def test_what_is_private_to_a_child_stands_in_their_story_alone(worker):
    ade, bea = ChildFactory.create_batch(2)

    chronicle(worker, [ade, bea], texts={ade.pk: "Ade said he is frightened at night."})

    entries = {entry.child: entry for entry in ChronologyEntry.objects.all()}
    assert entries[ade].private_text == "Ade said he is frightened at night."
    assert entries[bea].private_text == ""
    assert entries[ade].text == entries[bea].text == "The house was warm."


def test_an_entry_names_the_record_it_was_drawn_from_and_the_page_that_opens_it(worker):
    child = ChildFactory.create()

    (entry,) = chronicle(worker, [child])

    assert (entry.source_label, entry.source_id) == ("people.Person", child.pk)
    assert entry.page == "desk:child"
    assert list(ChronologyEntry.objects.of_source(child)) == [entry]


def test_a_kind_of_event_nobody_knows_is_refused(worker):
    with pytest.raises(UnknownCode):
        chronicle(worker, [ChildFactory.create()], kind="astonishment")


def test_a_significance_nobody_knows_is_refused(worker):
    with pytest.raises(ValueError, match="vast"):
        chronicle(worker, [ChildFactory.create()], significance="vast")


def test_the_trail_names_every_child(worker):
    children = ChildFactory.create_batch(2)

    chronicle(worker, children)

    event = TrailEvent.objects.latest("pk")
    assert event.about == [c.pk for c in children]
    assert event.by_id == worker.pk


def test_when_the_record_is_corrected_the_story_says_what_it_says_now(worker):
    ade, bea = ChildFactory.create_batch(2)
    chronicle(worker, [ade, bea], texts={ade.pk: "Wrong."})

    actions.correct_chronicle(
        source=ade,
        happened_on=date(2026, 3, 1),
        title="Visit at school",
        text="He was in class.",
        texts={ade.pk: "Right."},
        by=worker,
    )

    entry = ChronologyEntry.objects.get(child=ade)
    assert (entry.title, entry.happened_on) == ("Visit at school", date(2026, 3, 1))
    assert (entry.text, entry.private_text) == ("He was in class.", "Right.")
    assert ChronologyEntry.objects.get(child=bea).text == "He was in class."


def test_when_the_record_is_withdrawn_it_leaves_the_story_and_is_kept(worker):
    child = ChildFactory.create()
    chronicle(worker, [child])

    actions.withdraw_chronicle(source=child, reason="Another child's record", by=worker)

    (entry,) = ChronologyEntry.objects.of_children(child)
    assert (entry.withdrawn_by, entry.withdrawn_reason) == (worker, "Another child's record")
    assert not ChronologyEntry.objects.of_children(child).standing()


def test_withdrawing_asks_for_a_reason(worker):
    with pytest.raises(CannotDo, match="Say why"):
        actions.withdraw_chronicle(source=ChildFactory.create(), reason="", by=worker)


def test_significance_is_raised_with_a_reason_and_what_it_was_is_kept(worker):
    entry = ChronologyEntryFactory.create()

    actions.change_significance(
        entry=entry, significance="high", reason="The third this term", by=worker
    )

    entry.refresh_from_db()
    (change,) = entry.significance_changes.all()
    assert entry.significance == "high"
    assert (change.before, change.after, change.reason) == ("medium", "high", "The third this term")
    assert change.recorded_by == worker


@pytest.mark.parametrize(
    ("significance", "reason", "why"),
    [("high", "", "Say why"), ("medium", "I think so", "already medium")],
)
def test_a_change_of_significance_is_a_change_and_has_a_reason(worker, significance, reason, why):
    entry = ChronologyEntryFactory.create()

    with pytest.raises(CannotDo, match=why):
        actions.change_significance(
            entry=entry, significance=significance, reason=reason, by=worker
        )


def test_the_impact_on_the_child_is_added_and_never_overwritten(worker):
    entry = ChronologyEntryFactory.create()

    actions.add_impact(entry=entry, text="He stopped bringing friends home.", by=worker)
    actions.add_impact(entry=entry, text="By June he had begun again.", by=worker)

    assert [impact.text for impact in entry.impacts.order_by("pk")] == [
        "He stopped bringing friends home.",
        "By June he had begun again.",
    ]


def test_an_impact_says_something(worker):
    with pytest.raises(CannotDo, match="Say what this meant"):
        actions.add_impact(entry=ChronologyEntryFactory.create(), text="", by=worker)


def test_what_was_withdrawn_is_neither_weighed_nor_added_to(worker):
    entry = ChronologyEntryFactory.create(source_id=1)
    actions.withdraw_chronicle(source=PersonFactory.build(pk=1), reason="Mistake", by=worker)
    entry.refresh_from_db()

    with pytest.raises(CannotDo, match="withdrawn"):
        actions.change_significance(entry=entry, significance="low", reason="No", by=worker)
    with pytest.raises(CannotDo, match="withdrawn"):
        actions.add_impact(entry=entry, text="None", by=worker)


def test_the_database_refuses_half_a_withdrawal(worker):
    entry = ChronologyEntryFactory.create()

    with pytest.raises(IntegrityError):
        ChronologyEntry.objects.filter(pk=entry.pk).update(withdrawn_by=worker)
