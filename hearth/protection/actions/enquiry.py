"""Making a section 47 enquiry: who leads it, what is written, and whom it is sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS, SENIOR
from hearth.casework import actions as casework
from hearth.casework.models import Submission, Task
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.protection import process
from hearth.protection.actions import story
from hearth.protection.actions.going_home import check_home_is_settled
from hearth.protection.actions.taking import (
    check_day,
    check_registered,
    check_role,
    child_in,
    take_being_made,
    take_enquiry,
    task_of,
    team_of,
)
from hearth.protection.leading import why_not_lead
from hearth.protection.models import Enquiry, EnquiryChild, EnquiryOutcome, EnquiryState
from hearth.protection.models.enquiries import NEEDS_SENIOR
from hearth.protection.reading import facts_of, read, snapshot
from hearth.protection.rules import gaps
from hearth.workforce.rules import why_not_registered

BY_CHILD = "by_child"
# Harm was found: such an enquiry is finished, and never dropped.
HARM_FOUND = (EnquiryOutcome.CONFERENCE, *NEEDS_SENIOR)
SHARED = ("home_seen_on", "home", "history", "analysis")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPart:
    """What is written of one child in an enquiry."""

    not_seen_why: str = ""
    not_alone_reason: str = ""
    bedroom_seen: bool | None = None
    words: str = ""
    presentation: str = ""
    medical_needed: bool | None = None
    medical_why_not: str = ""
    analysis: str = ""
    outcome: str = ""
    outcome_reason: str = ""
    no_conference_reason: str = ""


@transaction.atomic
def write_enquiry(
    *,
    enquiry: Enquiry,
    home_seen_on: date | None = None,
    home: str = "",
    history: str = "",
    analysis: str = "",
    parts: Mapping[int, ChildPart],
    version: int,
    by: User,
) -> Enquiry:
    """Save what has been written of an enquiry, whole or not, and never over another's words."""
    enquiry = take_being_made(enquiry, version=version)
    check_registered(by)
    check_day(home_seen_on, enquiry, "The home")
    enquiry.home_seen_on, enquiry.home = home_seen_on, home
    enquiry.history, enquiry.analysis = history, analysis
    enquiry.version += 1
    enquiry.save(update_fields=[*SHARED, "version"])
    if set(parts) - set(enquiry.about):
        raise CannotDo("That is not a part of this enquiry")
    for part in enquiry.children.select_related("child"):
        if part.child_id in parts:
            _write_part(part, parts[part.child_id])
    casework.worked_on(task_of(enquiry), by=by)
    trail.record("Wrote a section 47 enquiry", enquiry, by=by)
    return enquiry


def _write_part(part: EnquiryChild, written: ChildPart) -> None:
    if written.outcome and written.outcome not in EnquiryOutcome.values:
        raise CannotDo(f"Choose what was found for {part.child}")
    if written.not_alone_reason and (
        why := code_set("seen_alone_reason").why_not_valid(written.not_alone_reason)
    ):
        raise CannotDo(why)
    if (written.outcome, written.no_conference_reason) != (part.outcome, part.no_conference_reason):
        # What a service manager agreed to is no longer what is proposed.
        part.no_conference_agreed_at = part.no_conference_agreed_by = None
    names = [each.name for each in fields(ChildPart)]
    for name in names:
        setattr(part, name, getattr(written, name))
    part.save(update_fields=[*names, "no_conference_agreed_at", "no_conference_agreed_by"])


@transaction.atomic
def assign_enquiry(
    *, enquiry: Enquiry, worker: User, co_worker: User | None = None, reason: str = "", by: User
) -> Enquiry:
    """Say which social worker leads an enquiry, and who works on it with them.

    Refused unless the lead is registered and experienced, or works beside somebody who is.
    """
    enquiry = take_being_made(enquiry)
    check_role(by, MANAGERS, "A manager says who leads an enquiry")
    today = timezone.localdate()
    if why := why_not_lead(worker, co_worker, on=today):
        raise CannotDo(why)
    if co_worker is not None and (why := why_not_registered(co_worker, on=today)):
        raise CannotDo(why)
    if co_worker is not None and co_worker.pk == worker.pk:
        raise CannotDo("Choose two different workers")
    enquiry.co_worker = co_worker
    enquiry.version += 1
    enquiry.save(update_fields=["co_worker", "version"])
    casework.reassign(task_of(enquiry), worker=worker, team=None, reason=reason, by=by)
    for task in seeing_tasks(enquiry):
        casework.reassign(task, worker=worker, team=None, reason=reason, by=by)
    notify(
        to=[person for person in (worker, co_worker) if person],
        text=f"{by} gave you a section 47 enquiry",
        page=f"/enquiries/{enquiry.pk}/",
        subject=enquiry,
        by=by,
    )
    trail.record(f"Gave a section 47 enquiry to {worker}", enquiry, by=by, reason=reason)
    return enquiry


def seeing_tasks(enquiry: Enquiry) -> list[Task]:
    """What still waits for a child of this enquiry to be seen."""
    waiting = Task.objects.outstanding().of_step(process.SEE_CHILD)
    return list(waiting.filter(record_id=enquiry.pk))


@transaction.atomic
def submit_enquiry(*, enquiry: Enquiry, late_reason: str = "", by: User) -> Submission:
    """Send a whole enquiry to a manager, kept as it was sent.

    Refused while anything is missing for any child, and by anybody but the experienced, registered
    social worker who leads it or works on it with them.
    """
    enquiry = take_being_made(enquiry)
    today = timezone.localdate()
    check_registered(by)
    task = task_of(enquiry)
    if why := why_not_lead(task.worker, enquiry.co_worker, on=today):
        raise CannotDo(why)
    if by.pk not in {task.worker_id, enquiry.co_worker_id}:
        raise CannotDo("The worker who leads this enquiry sends it to a manager")
    reading = read(enquiry)
    if lacking := gaps(facts_of(reading, on=today)):
        more = f" {len(lacking) - 1} more to put right" if len(lacking) > 1 else ""
        raise CannotDo(f"{lacking[0].words}.{more}")
    submission = casework.submit(
        task,
        outcome=BY_CHILD,
        on=today,
        content=snapshot(reading),
        late_reason=late_reason,
        by=by,
    )
    enquiry.submitted_on, enquiry.submitted_by = today, by
    enquiry.save(update_fields=["submitted_on", "submitted_by"])
    trail.record("Sent a section 47 enquiry to a manager", enquiry, by=by)
    return submission


@transaction.atomic
def agree_no_conference(*, enquiry: Enquiry, child: Person, reason: str, by: User) -> None:
    """Agree that a child whose harm was substantiated needs no conference: a service manager."""
    enquiry = take_enquiry(enquiry)
    child_in(enquiry, child)
    if enquiry.state not in (EnquiryState.IN_PROGRESS, EnquiryState.SUBMITTED):
        raise CannotDo("This enquiry is finished")
    check_role(by, SENIOR, "A service manager agrees that there is no conference")
    if not reason:
        raise CannotDo("Say why there need be no conference")
    if by.pk in task_of(enquiry).worked_by:
        raise CannotDo("You did some of this work, so someone else must agree it")
    part = enquiry.children.select_for_update(of=("self",)).get(child=child)
    if part.outcome not in NEEDS_SENIOR:
        raise CannotDo(f"This is asked where harm to {child} was found and no conference is held")
    part.no_conference_reason = f"{part.no_conference_reason}\n\n{by}: {reason}".strip()
    part.no_conference_agreed_at, part.no_conference_agreed_by = timezone.now(), by
    part.save(
        update_fields=[
            "no_conference_reason",
            "no_conference_agreed_at",
            "no_conference_agreed_by",
        ]
    )
    trail.record("Agreed that there is no conference", part, by=by, reason=reason)


@transaction.atomic
def authorise_enquiry(*, enquiry: Enquiry, comments: str, by: User) -> Enquiry:
    """Agree what an enquiry found for each child, with the reason, and open what follows.

    By a registered manager who had no part in it. Harm found and no conference needs a service
    manager's agreement first (Working Together 2023, chapter 3).
    """
    enquiry = _take_submitted(enquiry)
    check_registered(by)
    check_home_is_settled(enquiry)
    if not comments:
        raise CannotDo("Say why you agree what was found")
    parts = list(enquiry.children.select_related("child", "episode").order_by("pk"))
    for part in parts:
        if part.outcome in NEEDS_SENIOR and part.no_conference_agreed_at is None:
            raise CannotDo(
                f"A service manager must agree first that {part.child} needs no conference"
            )
    today, task = timezone.localdate(), task_of(enquiry)
    casework.sign_off(task, comments=comments, by=by)
    enquiry.authorised_on, enquiry.authorised_by = today, by
    enquiry.save(update_fields=["authorised_on", "authorised_by"])
    _finish_parts(parts, today)
    _open_what_follows(enquiry, task, parts, today, by)
    _stop_seeing(enquiry, "The enquiry was authorised", by)
    story.tell_of_outcome(enquiry, parts, on=today, by=by)
    trail.record("Authorised a section 47 enquiry", enquiry, by=by)
    return enquiry


def _finish_parts(parts: list[EnquiryChild], today: date) -> None:
    for part in parts:
        part.ended_on = today
        part.no_conference = part.outcome != EnquiryOutcome.CONFERENCE
        part.save(update_fields=["ended_on", "no_conference"])


def _open_what_follows(
    enquiry: Enquiry, task: Task, parts: list[EnquiryChild], today: date, by: User
) -> None:
    """Each outcome's next step, for the children it was found for: a manager's to take on."""
    for outcome in EnquiryOutcome:
        children = [part.child for part in parts if part.outcome == outcome]
        if children:
            casework.open_next(
                task,
                trigger=today,
                outcome=outcome,
                children=children,
                record_id=enquiry.pk,
                worker=by,
                team=team_of(task, by, on=today),
                by=by,
            )


def _stop_seeing(enquiry: Enquiry, reason: str, by: User) -> None:
    for task in seeing_tasks(enquiry):
        casework.cancel(task, reason=reason, by=by)


@transaction.atomic
def return_enquiry(*, enquiry: Enquiry, comments: str, by: User) -> None:
    """Send an enquiry back to whoever made it, saying what must change. Both are kept."""
    enquiry = _take_submitted(enquiry)
    casework.return_work(task_of(enquiry), comments=comments, by=by)
    enquiry.submitted_on = enquiry.submitted_by = None
    enquiry.version += 1
    enquiry.save(update_fields=["submitted_on", "submitted_by", "version"])
    trail.record("Returned a section 47 enquiry", enquiry, by=by)


def _take_submitted(enquiry: Enquiry) -> Enquiry:
    taken = take_enquiry(enquiry)
    if taken.state != EnquiryState.SUBMITTED:
        raise CannotDo("This is not waiting to be authorised: someone may have decided already")
    return taken


@transaction.atomic
def cancel_enquiry(*, enquiry: Enquiry, reason: str, by: User) -> None:
    """End an enquiry that should not go on, with why: a registered manager."""
    enquiry = take_being_made(enquiry)
    check_role(by, MANAGERS, "A manager cancels an enquiry")
    check_registered(by)
    check_home_is_settled(enquiry)
    if not reason:
        raise CannotDo("Say why this enquiry does not go on")
    if enquiry.children.filter(outcome__in=HARM_FOUND).exists():
        raise CannotDo(
            "Harm was found here. Send the enquiry to be authorised, so that a conference, or a "
            "service manager's agreement that there is none, follows"
        )
    today = timezone.localdate()
    enquiry.cancelled_on, enquiry.cancelled_by, enquiry.cancelled_reason = today, by, reason
    enquiry.save(update_fields=["cancelled_on", "cancelled_by", "cancelled_reason"])
    enquiry.children.filter(ended_on=None).update(ended_on=today)
    _stop_seeing(enquiry, reason, by)
    casework.cancel(task_of(enquiry), reason=reason, by=by)
    trail.record("Cancelled a section 47 enquiry", enquiry, by=by, reason=reason)


@transaction.atomic
def record_told(
    *,
    enquiry: Enquiry,
    family_told_on: date | None = None,
    agencies_told_on: date | None = None,
    by: User,
) -> None:
    """Record when the family and the agencies were told in writing what an enquiry found."""
    enquiry = take_enquiry(enquiry)
    if enquiry.authorised_on is None:
        raise CannotDo("They are told when the outcome has been authorised")
    if family_told_on is None and agencies_told_on is None:
        raise CannotDo("Say when the family or the agencies were told")
    for day in filter(None, (family_told_on, agencies_told_on)):
        check_day(day, enquiry, "Telling them")
        if day < enquiry.authorised_on:
            raise CannotDo("They cannot have been told before the outcome was authorised")
    enquiry.family_told_on = family_told_on or enquiry.family_told_on
    enquiry.agencies_told_on = agencies_told_on or enquiry.agencies_told_on
    enquiry.save(update_fields=["family_told_on", "agencies_told_on"])
    trail.record("Told what a section 47 enquiry found", enquiry, by=by)
