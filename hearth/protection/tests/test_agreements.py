"""Papers that keep a child safe, and the rule that no child goes home without them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.lib.errors import CannotDo
from hearth.protection import actions
from hearth.protection.models import Enquiry, NightPlace, ReturnHome, SafetyAgreement
from hearth.protection.tests.factories import (
    children_of,
    enquiry,
    go_home,
    night_away,
    paper,
    signed,
)
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def on_call():
    """The manager on call at night."""
    user = UserFactory.create(out_of_hours=True)
    return StaffFactory.create(user=user, registered=True, team=TeamFactory.create()).user


def night_at_home(made, **changes):
    night: dict[str, Any] = {
        "at_home": True,
        "place": "3 Quay Street",
        "with_whom": "Mother",
        "decided_by_name": "The team manager",
        "reason": "He has left",
    }
    return actions.record_nights(
        enquiry=made,
        night_of=timezone.localdate(),
        nights={children_of(made)[0].pk: actions.Night(**(night | changes))},
        by=made.task.worker,
    )


# Signed


def test_a_paper_holds_when_a_manager_who_did_not_write_it_has_signed():
    made = enquiry()
    boss = manager()
    written = paper(made, by=boss)

    with pytest.raises(CannotDo, match="another manager must sign it"):
        actions.sign_agreement(agreement=written, by=boss)
    with pytest.raises(CannotDo, match="A manager signs this"):
        actions.sign_agreement(agreement=written, by=social_worker())
    actions.sign_agreement(agreement=written, by=on_call())

    written.refresh_from_db()
    assert written.signed_at is not None
    with pytest.raises(CannotDo, match="has signed this already"):
        actions.sign_agreement(agreement=written, by=manager())


def test_a_manager_whose_registration_ran_out_does_not_sign():
    unregistered = StaffFactory.create(user=UserFactory.create(manager=True)).user

    with pytest.raises(CannotDo, match="no social work registration"):
        actions.sign_agreement(agreement=paper(), by=unregistered)


def test_a_new_version_ends_the_one_before_and_waits_to_be_signed():
    first = signed()
    changes = {
        "risk": "Less: he has moved away.",
        "conditions": "As before.",
        "contingency": "As before.",
        "review_on": timezone.localdate() + timedelta(days=7),
        "by": first.recorded_by,
    }

    with pytest.raises(CannotDo, match="Say why it changes"):
        actions.change_agreement(agreement=first, reason="", **changes)
    newer = actions.change_agreement(agreement=first, reason="He moved", **changes)

    first.refresh_from_db()
    assert (newer.number, newer.replaces, newer.signed_at) == (2, first, None)
    assert first.ended_on == timezone.localdate()
    with pytest.raises(CannotDo, match="has ended"):
        actions.record_signature(
            agreement=first, name="Dawn", signed_on=timezone.localdate(), by=manager()
        )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "note"}, "what kind of paper"),
        ({"risk": ""}, "Say what the risk is at home"),
        ({"conditions": ""}, "what each person will do"),
        ({"contingency": ""}, "if it is not kept to"),
        ({"review_on": timezone.localdate() - timedelta(days=1)}, "cannot be past"),
        ({"children": []}, "Choose at least one child"),
    ],
)
def test_a_paper_that_says_too_little_is_refused(changes, why):
    with pytest.raises(CannotDo, match=why):
        paper(**changes)


def test_a_parent_signs_or_says_why_not():
    written = paper()
    by, today = manager(), timezone.localdate()

    for signed_on, refused in ((None, ""), (today, "Would not")):
        with pytest.raises(CannotDo, match="one of the two"):
            actions.record_signature(
                agreement=written, name="Dawn", signed_on=signed_on, refused_why=refused, by=by
            )
    with pytest.raises(CannotDo, match="when it was written"):
        actions.record_signature(
            agreement=written, name="Dawn", signed_on=today - timedelta(days=2), by=by
        )
    made = actions.record_signature(
        agreement=written, name="Dawn", refused_why="He is not dangerous", by=by
    )

    assert made.signed_on is None


def test_a_paper_ends_with_why():
    written = signed()

    with pytest.raises(CannotDo, match="Say why it ends"):
        actions.end_agreement(
            agreement=written, ended_on=timezone.localdate(), reason="", by=manager()
        )
    with pytest.raises(CannotDo, match="not one that has not come"):
        actions.end_agreement(
            agreement=written,
            ended_on=timezone.localdate() + timedelta(days=1),
            reason="Done",
            by=manager(),
        )
    actions.end_agreement(
        agreement=written, ended_on=timezone.localdate(), reason="Done", by=manager()
    )

    written.refresh_from_db()
    assert written.ended_reason == "Done"


# Nights


def test_a_night_at_home_follows_a_return_home_that_was_agreed():
    made = enquiry()

    with pytest.raises(CannotDo, match="Record the return home first"):
        night_at_home(made)
    assert len(night_away(made, by=made.task.worker)) == 2


def test_a_child_taken_from_home_again_goes_back_only_on_another_return_home():
    made = enquiry()
    go_home(made, signed(made))
    child, today = children_of(made)[0], timezone.localdate()
    then = timezone.now() - timedelta(days=3)
    SafetyAgreement.objects.update(recorded_at=then, signed_at=then)
    ReturnHome.objects.update(agreed_at=then, happened_at=then)
    Enquiry.objects.filter(pk=made.pk).update(started_on=today - timedelta(days=4))
    assert night_at_home(made)
    NightPlace.objects.all().delete()
    night = actions.Night(
        at_home=False,
        place="9 Mill Lane",
        with_whom="Her aunt",
        decided_by_name="The team manager",
        reason="He came back to the house",
    )
    actions.record_nights(
        enquiry=made,
        night_of=today - timedelta(days=2),
        nights={child.pk: night},
        by=made.task.worker,
    )

    with pytest.raises(CannotDo, match="Record the return home first"):
        night_at_home(made)


@pytest.mark.parametrize("lacking", ["place", "with_whom", "decided_by_name", "reason"])
def test_a_night_says_where_with_whom_who_decided_and_why(lacking):
    with pytest.raises(CannotDo, match="sleeps, with whom, who decided it and why"):
        night_at_home(enquiry(), at_home=False, **{lacking: ""})


def test_a_night_is_one_of_the_enquiry_that_has_come():
    made = enquiry()
    nights = {children_of(made)[0].pk: actions.Night(at_home=False)}
    by = made.task.worker

    for days, why in ((1, "that has come"), (-9, "only began on")):
        with pytest.raises(CannotDo, match=why):
            actions.record_nights(
                enquiry=made,
                night_of=timezone.localdate() + timedelta(days=days),
                nights=nights,
                by=by,
            )
    with pytest.raises(CannotDo, match="at least one child"):
        actions.record_nights(enquiry=made, night_of=timezone.localdate(), nights={}, by=by)
