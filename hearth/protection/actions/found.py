"""What is found out in an enquiry: from parents, agencies and doctors; and each night's place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.protection.actions.going_home import away_again
from hearth.protection.actions.taking import (
    check_day,
    check_past,
    child_in,
    take_being_made,
    take_enquiry,
    task_of,
)
from hearth.protection.models import (
    Enquiry,
    EnquiryCheck,
    EnquiryParent,
    MedicalExamination,
    NightPlace,
    ReturnHome,
)

# The night of a day lasts until the next morning.
MORNING = 6


@transaction.atomic
def record_parent(
    *,
    enquiry: Enquiry,
    person: Person | None = None,
    name: str = "",
    relationship: str = "",
    seen_on: date | None = None,
    account: str = "",
    not_seen_reason: str = "",
    not_seen_detail: str = "",
    by: User,
) -> EnquiryParent:
    """Record what a parent or carer says of the concern, or why they were not seen."""
    enquiry = take_being_made(enquiry)
    check_day(seen_on, enquiry, "Seeing them")
    if person is None and not name:
        raise CannotDo("Say who this is")
    if seen_on is not None and not account:
        raise CannotDo("Say what they told you")
    if seen_on is None:
        _check_why_not_seen(not_seen_reason)
    told = {
        "about": enquiry.about,
        "name": name,
        "relationship": relationship,
        "seen_on": seen_on,
        "account": account,
        "not_seen_reason": "" if seen_on else not_seen_reason,
        "not_seen_detail": not_seen_detail,
    }
    known = person and enquiry.parents.filter(person=person).first()
    parent = known or EnquiryParent(enquiry=enquiry, person=person)
    for field, value in told.items():
        setattr(parent, field, value)
    parent.save()
    _worked(enquiry, "Recorded what a parent says", parent, by)
    return parent


def _check_why_not_seen(reason: str) -> None:
    if not reason:
        raise CannotDo("Say when they were seen, or why they were not")
    if why := code_set("parent_not_seen_reason").why_not_valid(reason):
        raise CannotDo(why)


@transaction.atomic
def ask_agency(
    *,
    enquiry: Enquiry,
    agency: str,
    asked_on: date,
    contact: str = "",
    child: Person | None = None,
    by: User,
) -> EnquiryCheck:
    """Record that an agency was asked what it knows."""
    enquiry = take_being_made(enquiry)
    if why := code_set("agency_type").why_not_valid(agency):
        raise CannotDo(why)
    check_day(asked_on, enquiry, "Asking them")
    if child is not None:
        child_in(enquiry, child)
    check = EnquiryCheck.objects.create(
        enquiry=enquiry,
        about=enquiry.about,
        child=child,
        agency=agency,
        contact=contact,
        asked_on=asked_on,
        recorded_by=by,
    )
    _worked(enquiry, "Asked an agency", check, by)
    return check


@transaction.atomic
def record_answer(
    *,
    check: EnquiryCheck,
    answered_on: date | None = None,
    said: str = "",
    no_answer: str = "",
    by: User,
) -> EnquiryCheck:
    """Record what an agency said, or why there is no answer."""
    enquiry = take_being_made(check.enquiry)
    if not (said or no_answer):
        raise CannotDo("Say what they told you, or why there is no answer")
    if said and answered_on is None:
        raise CannotDo("Say when they answered")
    if answered_on is not None and not said:
        raise CannotDo("Say what they told you")
    if answered_on is not None and answered_on < check.asked_on:
        raise CannotDo(f"They were only asked on {in_words(check.asked_on)}")
    check_day(answered_on, enquiry, "Their answer")
    check.answered_on, check.said, check.no_answer = answered_on, said, no_answer
    check.save(update_fields=["answered_on", "said", "no_answer"])
    _worked(enquiry, "Recorded what an agency said", check, by)
    return check


@transaction.atomic
def request_medical(
    *,
    enquiry: Enquiry,
    child: Person,
    kind: str,
    requested_at: datetime,
    incident_at: datetime | None = None,
    provider: str = "",
    offered_for: datetime | None = None,
    by: User,
) -> MedicalExamination:
    """Record that a medical was asked for, and when the harm is thought to have happened."""
    enquiry = take_being_made(enquiry)
    child_in(enquiry, child)
    if why := code_set("medical_kind").why_not_valid(kind):
        raise CannotDo(why)
    check_past(requested_at, "Asking for it")
    check_past(incident_at, "What happened")
    if incident_at is not None and incident_at > requested_at:
        raise CannotDo("It cannot have been asked for before what it is about happened")
    if offered_for is not None and offered_for < requested_at:
        raise CannotDo("It cannot have been offered for a time before it was asked for")
    medical = MedicalExamination.objects.create(
        enquiry=enquiry,
        child=child,
        kind=kind,
        requested_at=requested_at,
        incident_at=incident_at,
        provider=provider,
        offered_for=offered_for,
        recorded_by=by,
    )
    enquiry.children.filter(child=child, medical_needed=None).update(medical_needed=True)
    _worked(enquiry, "Asked for a medical", medical, by)
    return medical


@transaction.atomic
def record_medical(
    *,
    medical: MedicalExamination,
    offered_for: datetime | None = None,
    done_at: datetime | None = None,
    findings: str = "",
    not_done_reason: str = "",
    by: User,
) -> MedicalExamination:
    """Record when a medical is to be, that it was done and what was found, or why it was not."""
    enquiry = take_being_made(medical.enquiry)
    if done_at is None and not not_done_reason and offered_for is None:
        raise CannotDo("Say when it is to be, when it was done, or why it was not")
    if done_at is not None and not_done_reason:
        raise CannotDo("It was done, or it was not: leave one of them out")
    if done_at is not None and not findings:
        raise CannotDo("Say what was found")
    check_past(done_at, "The medical")
    for moment in filter(None, (offered_for, done_at)):
        if moment < medical.requested_at:
            raise CannotDo("It cannot have been done before it was asked for")
    medical.offered_for = offered_for or medical.offered_for
    medical.done_at, medical.findings = done_at, findings
    medical.not_done_reason = not_done_reason
    medical.save()
    _worked(enquiry, "Recorded a medical", medical, by)
    return medical


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """Where one child slept: at home or elsewhere, with whom, who decided it, and why."""

    at_home: bool | None = None
    place: str = ""
    with_whom: str = ""
    decided_by_name: str = ""
    reason: str = ""


@transaction.atomic
def record_nights(
    *, enquiry: Enquiry, night_of: date, nights: Mapping[int, Night], by: User
) -> list[NightPlace]:
    """Record where each child sleeps on a night, and who decided that.

    A child who sleeps at home must have gone home, or stayed there, on a risk assessment that a
    manager signed (Lambeth 2017, findings, paragraph 4).
    """
    enquiry = take_enquiry(enquiry)
    if enquiry.cancelled_on is not None:
        raise CannotDo("This enquiry was cancelled")
    today = timezone.localdate()
    if night_of > today:
        raise CannotDo("Record a night that has come, or tonight")
    if night_of < enquiry.started_on:
        raise CannotDo(f"The enquiry only began on {in_words(enquiry.started_on)}")
    children = {c.pk: c for c in Person.objects.filter(pk__in=enquiry.about)}
    wanted = {pk: night for pk, night in nights.items() if night.at_home is not None}
    if not wanted:
        raise CannotDo("Say where at least one child sleeps")
    places = [
        _record_night(enquiry, child_in(enquiry, children[pk]), night_of, night, by)
        for pk, night in wanted.items()
        if pk in children
    ]
    trail.record("Recorded where children sleep", enquiry, by=by)
    return places


def _record_night(
    enquiry: Enquiry, child: Person, night_of: date, night: Night, by: User
) -> NightPlace:
    if not (night.place and night.with_whom and night.decided_by_name and night.reason):
        raise CannotDo(f"Say where {child} sleeps, with whom, who decided it and why")
    if night.at_home and not _went_home(enquiry, child, night_of):
        raise CannotDo(
            f"{child} cannot be recorded at home without a risk assessment that a manager signed "
            "and a manager's agreement. Record the return home first"
        )
    told = {
        "at_home": bool(night.at_home),
        "place": night.place,
        "with_whom": night.with_whom,
        "decided_by_name": night.decided_by_name,
        "reason": night.reason,
    }
    known = NightPlace.objects.filter(enquiry=enquiry, child=child, night_of=night_of).first()
    place = known or NightPlace(enquiry=enquiry, child=child, night_of=night_of, recorded_by=by)
    for field, value in told.items():
        setattr(place, field, value)
    place.save()
    if not night.at_home:
        away_again(enquiry, child, night_of, by)
    return place


def _went_home(enquiry: Enquiry, child: Person, night_of: date) -> bool:
    morning = datetime.combine(night_of + timedelta(days=1), datetime.min.time())
    end = timezone.make_aware(morning.replace(hour=MORNING))
    found = ReturnHome.objects.filter(enquiry=enquiry, child=child, happened_at__lt=end)
    latest = found.order_by("-happened_at").first()
    if latest is None:
        return False
    # Taken from home again since: going back is another return, with papers of its own.
    away = NightPlace.objects.filter(enquiry=enquiry, child=child, at_home=False)
    since = timezone.localdate(latest.happened_at)
    return not away.filter(night_of__gte=since, night_of__lt=night_of).exists()


def _worked(enquiry: Enquiry, what: str, subject: object, by: User) -> None:
    if enquiry.task is not None:
        casework.worked_on(task_of(enquiry), by=by)
    trail.record(what, subject, by=by)  # type: ignore[arg-type]
