"""Case notes: once for all the children, private where it is private, put right by adding."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records import actions
from hearth.records.models import Addition, CaseNote, ChronologyEntry, NoteChild
from hearth.records.rules import why_not_then
from hearth.records.tests.factories import moment, note

pytestmark = pytest.mark.django_db


def edited(written, by, **kwargs):
    given = {
        "version": written.version,
        "happened_at": written.happened_at,
        "headline": written.headline,
        "text": written.text,
        "texts": {},
    }
    return actions.edit_note(note=written, by=by, **(given | kwargs))


def written_days_ago(record, days=1):
    type(record).objects.filter(pk=record.pk).update(
        recorded_at=timezone.now() - timedelta(days=days)
    )
    record.refresh_from_db()


def test_a_note_about_several_children_is_written_once_with_a_part_for_each(worker, ade, bea):
    written = note(ade, bea, by=worker, texts={ade.pk: "Ade told her he cannot sleep."})

    assert written.about == sorted([ade.pk, bea.pk])
    assert {part.child: part.text for part in written.parts.all()} == {
        ade: "Ade told her he cannot sleep.",
        bea: "",
    }


def test_routine_contact_is_one_line_and_stays_out_of_the_chronology(worker, ade):
    written = note(ade, by=worker, headline="Left a message for the school", text="")

    assert written.text == ""
    assert not ChronologyEntry.objects.exists()


def test_a_note_that_matters_goes_into_each_childs_chronology(worker, ade, bea):
    written = note(ade, bea, by=worker, significance="high", texts={ade.pk: "Private."})

    entries = {entry.child: entry for entry in ChronologyEntry.objects.of_source(written)}
    assert entries[ade].title == entries[bea].title == "Call with the school"
    assert (entries[ade].private_text, entries[bea].private_text) == ("Private.", "")
    assert entries[ade].page == "records:read_note"
    assert entries[ade].happened_on == date(2026, 3, 2)


def test_a_note_sent_twice_is_one_note(worker, ade):
    sent = uuid.uuid4()

    first = note(ade, by=worker, uuid=sent)
    second = note(ade, by=worker, uuid=sent)

    assert first == second
    assert CaseNote.objects.count() == 1


def test_nobody_sends_a_note_under_another_workers_id(worker, other, ade):
    sent = uuid.uuid4()
    note(ade, by=worker, uuid=sent)

    with pytest.raises(CannotDo, match="somebody else"):
        note(ade, by=other, uuid=sent)


@pytest.mark.parametrize(
    ("kwargs", "why"),
    [
        ({"headline": ""}, "in one line"),
        ({"happened_at": timezone.now() + timedelta(hours=1)}, "before it has happened"),
        ({"happened_at": moment(2012, 1, 1, 9)}, "long before Ade Quill's birth"),
        ({"kind": "telepathy"}, "no code telepathy"),
    ],
)
def test_a_note_that_cannot_be_true_is_refused(worker, ade, kwargs, why):
    with pytest.raises(CannotDo, match=why):
        note(ade, by=worker, **kwargs)

    assert not CaseNote.objects.exists()


def test_a_note_is_about_somebody(worker):
    with pytest.raises(CannotDo, match="at least one child"):
        note(by=worker)


def test_nothing_is_written_on_a_record_that_was_merged(worker, ade, bea):
    Person.objects.filter(pk=ade.pk).update(merged_into=bea)
    ade.refresh_from_db()

    with pytest.raises(CannotDo, match="merged into another"):
        note(ade, by=worker)


def test_an_unborn_child_may_be_written_about(worker):
    unborn = ChildFactory.create(unborn=True)

    assert note(unborn, by=worker).about == [unborn.pk]


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.dates(date(2000, 1, 1)))
def test_a_day_is_refused_exactly_when_it_is_to_come_or_long_before_a_birth(day, born):
    refused = why_not_then(day, today=date(2026, 3, 2), born={"Ade": born, "Bea": None})

    assert bool(refused) == (day > date(2026, 3, 2) or (born - day).days > 300)


# Management oversight


def test_a_managers_direction_is_one_note_for_the_whole_sibling_group(manager, ade, bea):
    written = actions.record_oversight(
        children=[ade, bea],
        text="See both alone by Friday.",
        oversight_point="allocation",
        by=manager,
    )

    assert written.about == sorted([ade.pk, bea.pk])
    assert written.headline == "Management oversight: at allocation"
    assert {entry.kind for entry in ChronologyEntry.objects.of_source(written)} == {"oversight"}


def test_the_latest_direction_is_found_for_each_child(manager, ade, bea):
    for day, text in ((2, "First"), (9, "Second")):
        actions.record_oversight(
            children=[ade],
            text=text,
            oversight_point="review_point",
            happened_at=moment(2026, 3, day, 9),
            by=manager,
        )

    directions = [part.note.text for part in NoteChild.objects.directions(ade)]
    assert directions == ["Second", "First"]
    assert not NoteChild.objects.directions(bea)


def test_a_management_decision_is_called_one(manager, ade):
    written = actions.record_oversight(
        children=[ade], text="Close.", oversight_point="sign_off", decision=True, by=manager
    )

    assert written.headline == "Management decision: at sign-off"
    assert written.is_oversight
    assert written.kind_in_words == "Management decision"


def test_only_a_manager_directs(worker, ade):
    with pytest.raises(CannotDo, match="Only a manager"):
        actions.record_oversight(
            children=[ade], text="Do it.", oversight_point="allocation", by=worker
        )


def test_a_direction_says_something(manager, ade):
    with pytest.raises(CannotDo, match="Say what you direct"):
        actions.record_oversight(children=[ade], text="", oversight_point="allocation", by=manager)


# Putting right


def test_the_author_may_edit_on_the_day_and_the_words_it_had_are_kept(worker, ade):
    written = note(ade, by=worker, texts={ade.pk: "Wrong."})

    after = edited(written, worker, text="He was not tired.", texts={ade.pk: "Right."})

    assert (after.text, after.version) == ("He was not tired.", 2)
    assert after.parts.get().text == "Right."
    assert [event.text for event in written.events.all()] == ["His teacher says he comes in tired."]
    assert [event.text for event in written.parts.get().events.all()] == ["Wrong."]


def test_an_edit_reaches_the_chronology(worker, ade):
    written = note(ade, by=worker, significance="medium", texts={ade.pk: "Wrong."})

    edited(written, worker, headline="Call with the nurse", texts={ade.pk: "Right."})

    entry = ChronologyEntry.objects.get()
    assert (entry.title, entry.private_text) == ("Call with the nurse", "Right.")


def test_after_the_day_it_is_added_to_and_not_edited(worker, ade):
    written = note(ade, by=worker)
    written_days_ago(written)

    with pytest.raises(CannotDo, match="only on the day"):
        edited(written, worker)


def test_nobody_edits_what_another_wrote(worker, other, ade):
    with pytest.raises(CannotDo, match="Only whoever wrote this"):
        edited(note(ade, by=worker), other)


def test_an_edit_of_words_since_changed_is_refused_and_changes_nothing(worker, ade):
    written = note(ade, by=worker)
    edited(written, worker, text="In the other window.")

    with pytest.raises(CannotDo, match="changed since you opened it"):
        edited(written, worker, version=1, text="Here.")

    written.refresh_from_db()
    assert written.text == "In the other window."


@pytest.mark.parametrize("kwargs", [{"headline": ""}, {"happened_at": moment(2031, 1, 1, 9)}])
def test_an_edit_is_checked_as_a_new_note_is(worker, ade, kwargs):
    with pytest.raises(CannotDo):
        edited(note(ade, by=worker), worker, **kwargs)


def test_a_routine_note_that_turns_out_to_matter_is_put_in_the_chronology(worker, ade, bea):
    written = note(ade, bea, by=worker, texts={bea.pk: "Bea's own."})

    actions.put_in_chronology(note=written, significance="high", by=worker)

    entries = {entry.child: entry for entry in ChronologyEntry.objects.of_source(written)}
    assert entries[ade].significance == "high"
    assert (entries[ade].private_text, entries[bea].private_text) == ("", "Bea's own.")


def test_a_note_is_put_in_the_chronology_once_and_only_when_it_matters(worker, ade):
    written = note(ade, by=worker)

    with pytest.raises(CannotDo, match="Choose whether it matters"):
        actions.put_in_chronology(note=written, significance="low", by=worker)
    actions.put_in_chronology(note=written, significance="medium", by=worker)
    with pytest.raises(CannotDo, match="already in the chronology"):
        actions.put_in_chronology(note=written, significance="high", by=worker)


def test_an_addendum_is_dated_and_leaves_the_note_as_it_was(worker, other, ade):
    written = note(ade, by=worker)
    written_days_ago(written, days=30)

    actions.add_addendum(written=written, text="The date was the 1st.", by=other)

    (added,) = written.additions.all()
    written.refresh_from_db()
    assert (added.text, added.recorded_by, added.kind) == (
        "The date was the 1st.",
        other,
        "addendum",
    )
    assert written.version == 1


def test_an_addendum_may_be_private_to_one_child(worker, ade, bea):
    written = note(ade, bea, by=worker)

    actions.add_addendum(written=written, text="Ade only.", child=ade, by=worker)

    assert [a.text for a in written.additions.on_page_of(ade)] == ["Ade only."]
    assert not written.additions.on_page_of(bea)


def test_an_addendum_says_something_about_a_child_of_the_note(worker, ade, bea):
    written = note(ade, by=worker)

    with pytest.raises(CannotDo, match="Say what you want to add"):
        actions.add_addendum(written=written, text="", by=worker)
    with pytest.raises(CannotDo, match="not about Bea Quill"):
        actions.add_addendum(written=written, text="Bea too.", child=bea, by=worker)


def test_a_managers_feedback_is_attached_and_the_note_is_marked_read(worker, manager, ade):
    written = note(ade, by=worker)

    actions.give_feedback(written=written, text="Clear, and his words are there.", by=manager)

    written.refresh_from_db()
    assert [(a.kind, a.recorded_by) for a in written.additions.all()] == [("feedback", manager)]
    assert written.read_by == manager


def test_feedback_is_a_managers_and_not_on_their_own_recording(worker, manager, ade):
    with pytest.raises(CannotDo, match="Only a manager"):
        actions.give_feedback(written=note(ade, by=manager), text="Good.", by=worker)
    with pytest.raises(CannotDo, match="You wrote this yourself"):
        actions.give_feedback(written=note(ade, by=manager), text="Good.", by=manager)
    with pytest.raises(CannotDo, match="other than whoever wrote this"):
        actions.mark_read(written=note(ade, by=worker), by=worker)


def test_a_note_stays_read_by_who_read_it_first(worker, manager, ade):
    written = note(ade, by=worker)
    actions.mark_read(written=written, by=manager)

    actions.mark_read(written=written, by=UserFactory.create(manager=True))

    written.refresh_from_db()
    assert written.read_by == manager


def test_a_note_on_the_wrong_record_is_withdrawn_and_leaves_the_story(worker, ade):
    written = note(ade, by=worker, significance="high")

    actions.withdraw_written(written=written, reason="About another child", by=worker)

    written.refresh_from_db()
    assert written.withdrawn_by == worker
    assert not ChronologyEntry.objects.standing()
    assert CaseNote.objects.get() == written
    assert TrailEvent.objects.get(what="Withdrew").about == [ade.pk]


def test_withdrawing_is_for_the_author_or_a_manager_with_a_reason(worker, other, manager, ade):
    written = note(ade, by=worker)

    with pytest.raises(CannotDo, match="Only whoever wrote this, or a manager"):
        actions.withdraw_written(written=written, reason="Wrong", by=other)
    with pytest.raises(CannotDo, match="Say why"):
        actions.withdraw_written(written=written, reason="", by=worker)
    actions.withdraw_written(written=written, reason="Wrong", by=manager)


def test_what_was_withdrawn_is_left_alone(worker, ade):
    written = note(ade, by=worker)
    actions.withdraw_written(written=written, reason="Wrong", by=worker)
    written.refresh_from_db()

    with pytest.raises(CannotDo, match="already withdrawn"):
        actions.withdraw_written(written=written, reason="Wrong", by=worker)
    with pytest.raises(CannotDo, match="withdrawn"):
        actions.add_addendum(written=written, text="More", by=worker)
    with pytest.raises(CannotDo, match="withdrawn"):
        edited(written, worker)
    with pytest.raises(CannotDo, match="withdrawn"):
        actions.put_in_chronology(note=written, significance="high", by=worker)


# What the database refuses, and hides


@pytest.mark.parametrize(
    "wrong",
    [
        {"headline": ""},
        {"about": []},
        {"oversight_point": "allocation"},
        {"withdrawn_at": timezone.now()},
        {"read_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_note_that_must_never_be(worker, ade, wrong):
    written = note(ade, by=worker)

    with pytest.raises(IntegrityError):
        CaseNote.objects.filter(pk=written.pk).update(**wrong)


def test_the_database_refuses_an_addition_to_nothing(worker, ade):
    with pytest.raises(IntegrityError):
        Addition.objects.create(about=[ade.pk], kind="addendum", text="x", recorded_by=worker)


def test_a_restricted_child_hides_the_notes_they_are_in(worker, ade, bea):
    both, mine = note(ade, bea, by=worker), note(ade, by=worker)
    actions.add_addendum(written=both, text="More", by=worker)
    RestrictionFactory.create(person=bea)

    with acting_as(worker):
        assert list(CaseNote.objects.visible_to(worker)) == [mine]
        assert not Addition.objects.exists()
        assert list(ade.note_parts.select_related("note")) == list(mine.parts.all())
