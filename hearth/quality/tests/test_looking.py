"""What a check finds is kept, told to the worker first, and cleared by what is on the record."""

from datetime import date, timedelta

import pytest

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.worker_context import acting_as
from hearth.casework.checks import CHECKS, Check, Looked, Severity
from hearth.casework.models.local import LocalTimescale
from hearth.people.tests.factories import PersonFactory, RestrictionFactory
from hearth.quality.actions import look, look_at_open_cases
from hearth.quality.models import Alert, AlertTold, LastLook
from hearth.quality.tests.stories import TODAY, Case
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
LATELY = date(2026, 6, 8)


@pytest.fixture
def case():
    return Case()


def names(alert):
    """Everybody who was told of an alert."""
    return {told.to for told in AlertTold.objects.filter(alert=alert).select_related("to")}


def test_what_a_check_finds_stands_until_the_record_says_otherwise(case):
    case.enquiry(LATELY)

    (found,) = look([case.child.pk], today=TODAY, by=system_worker())
    assert (found.check_key, found.since) == ("PC-022", LATELY + timedelta(1))
    assert "has not been seen" in found.because
    assert look([case.child.pk], today=TODAY, by=system_worker()) == []

    case.seen(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    found.refresh_from_db()
    assert found.cleared_at
    assert found.cleared_because == "Seen on 8 June 2026, alone."
    assert not Alert.objects.standing().exists()


def test_a_plan_is_looked_at_again_after_the_shorter_time_that_the_authority_sets(case):
    """PC-050, by CP-14."""
    case.plan(date(2025, 5, 1))
    keys = {found.check_key for found in look([case.child.pk], today=TODAY, by=system_worker())}
    assert "PC-050" not in keys

    LocalTimescale.objects.create(
        timescale="CP-14", amount=12, since=date(2025, 1, 1), recorded_by=case.boss
    )

    (found,) = look([case.child.pk], today=TODAY, by=system_worker())
    assert (found.check_key, found.since) == ("PC-050", date(2026, 5, 1))


def test_a_fault_that_comes_back_is_a_new_alert(case):
    part = case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    part.not_seen_why = "Missing since Sunday."
    part.save()
    look([case.child.pk], today=TODAY, by=system_worker())
    part.not_seen_why = ""
    part.save()

    look([case.child.pk], today=TODAY, by=system_worker())

    assert Alert.objects.filter(child=case.child).count() == 2
    assert Alert.objects.standing().count() == 1


def test_what_it_was_about_may_simply_be_over(case):
    part = case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    part.enquiry.cancelled_on, part.enquiry.cancelled_by = LATELY, case.boss
    part.enquiry.cancelled_reason = "Begun on the wrong child."
    part.enquiry.save()

    look([case.child.pk], today=TODAY, by=system_worker())

    assert Alert.objects.get(child=case.child).cleared_because == "What it was about is over"


def test_the_words_of_an_alert_are_brought_up_to_date(case):
    case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    case.seen(LATELY + timedelta(1), alone=False)

    look([case.child.pk], today=TODAY, by=system_worker())

    alert = Alert.objects.standing().get(check_key="PC-022")
    assert alert.because.endswith("was seen on 9 June 2026, never alone.")


def test_the_worker_and_the_manager_are_told_at_once_of_what_is_critical(case):
    case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())

    alert = Alert.objects.get(check_key="PC-022")
    assert names(alert) == {case.worker, case.boss}
    assert Notice.objects.get(to=case.boss).page == f"/children/{case.child.pk}/checks/"
    assert not Notice.objects.filter(to=case.worker).exists()
    look([case.child.pk], today=TODAY, by=system_worker())
    assert Notice.objects.filter(to=case.boss).count() == 1


def test_a_manager_is_told_of_the_rest_only_when_it_has_stood_some_days(case):
    case.plan(TODAY - timedelta(21))
    case.seen(TODAY - timedelta(3))
    look([case.child.pk], today=TODAY, by=system_worker())
    alert = Alert.objects.get(check_key="PC-042")
    assert names(alert) == {case.worker}

    look([case.child.pk], today=TODAY + timedelta(2), by=system_worker())

    assert names(alert) == {case.worker, case.boss}
    assert not Notice.objects.filter(to=case.boss).exists()


def test_what_was_found_and_cleared_is_on_the_trail(case):
    case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    case.seen(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())

    what = "Child not seen, or not seen alone, in a section 47 enquiry"
    said = TrailEvent.objects.filter(what__contains=what).values_list("what", "by_id")
    system = system_worker().pk
    assert sorted(said) == [
        (f"A check found: {what}", system),
        (f"A check was cleared: {what}", system),
    ]


def test_every_check_says_what_it_saw_also_where_nothing_is_wrong(case):
    case.enquiry(LATELY)
    case.seen(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())

    said = LastLook.objects.get(child=case.child).said
    assert set(said) == set(CHECKS)
    assert said["PC-022"][0]["because"] == "Seen on 8 June 2026, alone."
    assert said["PC-045"] == []


def test_an_alert_about_a_restricted_child_is_out_of_sight(case):
    case.enquiry(LATELY)
    look([case.child.pk], today=TODAY, by=system_worker())
    RestrictionFactory.create(person=case.child)

    with acting_as(social_worker()):
        assert not Alert.objects.exists()
        assert not LastLook.objects.exists()
        assert not AlertTold.objects.exists()


def test_somebody_who_is_no_child_on_record_is_passed_over(case):
    adult = PersonFactory.create()

    look([adult.pk], today=TODAY, by=system_worker())

    assert not LastLook.objects.exists()


def test_every_night_open_cases_and_standing_alerts_are_looked_at(case):
    case.enquiry(LATELY)
    closed = Case()
    closed.enquiry(LATELY)
    look([closed.child.pk], today=TODAY, by=system_worker())
    closed.episode.ended_on, closed.episode.closure_reason = LATELY, "RC7"
    closed.episode.save()

    assert look_at_open_cases(today=TODAY, by=system_worker()) == 2

    assert Alert.objects.standing().filter(child=case.child).exists()


def test_a_check_is_declared_once():
    from hearth.casework.checks import check

    with pytest.raises(ValueError, match="declared twice"):
        check(
            key="PC-022",
            title="",
            rule="",
            authority="",
            severity=Severity.LOW,
            put_right="",
            nothing="",
        )(lambda _children, _today: [])


def test_the_words_of_every_check_are_whole():
    for key, one in CHECKS.items():
        assert isinstance(one, Check), key
        for words in (one.title, one.rule, one.authority, one.put_right, one.nothing):
            assert words, key
            assert "{" not in words, key


def test_what_was_looked_at_is_told_without_a_look():
    assert Looked(child=1, subject="x:1", fires=False, because="Nothing.").facts == ()
