"""What a strategy discussion leads to: an enquiry begun, or one already open gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.casework.models import Episode
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due
from hearth.lib.errors import CannotDo
from hearth.people import actions as people
from hearth.people.models import Person
from hearth.protection import process, timescales
from hearth.protection.actions.taking import team_of
from hearth.protection.leading import why_not_lead
from hearth.protection.models import (
    Enquiry,
    EnquiryChild,
    StrategyChild,
    StrategyDecision,
    StrategyDiscussion,
)
from hearth.protection.models.strategy import ENQUIRES


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who makes an enquiry, and where the case came from for a child who has none open."""

    worker: User | None = None
    co_worker: User | None = None
    referral_source: str = ""


def follow_on(
    discussion: StrategyDiscussion,
    parts: Sequence[StrategyChild],
    *,
    held_at: datetime,
    lead: Lead,
    by: User,
) -> None:
    """Begin the enquiry that was decided, or tie the discussion to the one that is open.

    Children who join an open enquiry have their conference counted from the discussion at which
    they joined it.
    """
    going = _open_enquiry([part.child_id for part in parts])
    wanted = [part for part in parts if part.in_enquiry]
    if discussion.decision in ENQUIRES:
        _ready(wanted, lead, timezone.localdate(held_at), by)
        if going is None:
            going = _begin(discussion, wanted, held_at, lead, by)
            discussion.initiating = True
        else:
            _check_it_goes_on(going, parts, lead)
            _join(going, wanted, held_at, by)
            if discussion.decision == StrategyDecision.JOINT and not going.joint:
                going.joint = True
                going.save(update_fields=["joint"])
    discussion.enquiry = going
    discussion.save(update_fields=["enquiry", "initiating"])


def _check_it_goes_on(going: Enquiry, parts: Sequence[StrategyChild], lead: Lead) -> None:
    """Refuse to leave a child out of an enquiry about them, or to change here who makes it."""
    inside = set(going.children.filter(ended_on=None).values_list("child_id", flat=True))
    for part in parts:
        if part.child_id in inside and not part.in_enquiry:
            raise CannotDo(
                f"{part.child} is in the enquiry that is open, and leaves it only by what it finds"
            )
    if lead.worker is not None:
        raise CannotDo("The enquiry has begun. Say who leads it on the enquiry's own page")


def _open_enquiry(children: Sequence[int]) -> Enquiry | None:
    """The one open enquiry about any of these children; two are discussed one at a time."""
    open_now = EnquiryChild.objects.filter(child__in=children, ended_on=None)
    found = Enquiry.objects.filter(pk__in=open_now.values("enquiry_id")).order_by("pk")
    going: list[Enquiry] = list(found.select_for_update(of=("self",)))
    if len(going) > 1:
        raise CannotDo(
            "These children are in two open enquiries. Hold a discussion about each of them"
        )
    return going[0] if going else None


def _ready(parts: Sequence[StrategyChild], lead: Lead, on: date, by: User) -> None:
    """See that each child has a record and an open case: an enquiry is part of an episode."""
    for part in sorted(parts, key=lambda part: part.child_id):
        child = Person.objects.select_for_update(no_key=True).get(pk=part.child_id)
        if not child.is_child_record:
            people.give_child_record(person=child, today=on, by=by)
        part.episode = Episode.objects.open().filter(child=child).first()
        if part.episode is None:
            if not lead.referral_source:
                raise CannotDo(
                    f"{child} has no open case, so this opens one. Say who told us of the concern"
                )
            part.episode = casework.open_episode(
                child=child, started_on=on, referral_source=lead.referral_source, by=by
            )
        part.save(update_fields=["episode"])


def _begin(
    discussion: StrategyDiscussion,
    parts: Sequence[StrategyChild],
    held_at: datetime,
    lead: Lead,
    by: User,
) -> Enquiry:
    on, children = timezone.localdate(held_at), [part.child for part in parts]
    if lead.worker is not None and (
        why := why_not_lead(lead.worker, lead.co_worker, on=timezone.localdate())
    ):
        raise CannotDo(why)
    enquiry: Enquiry = Enquiry.objects.create(
        about=sorted(child.pk for child in children),
        joint=discussion.decision == StrategyDecision.JOINT,
        started_on=on,
        reason=discussion.concern,
        plan=discussion.enquiry_plan,
        co_worker=lead.co_worker if lead.worker else None,
        recorded_by=by,
    )
    team = team_of(discussion.task, lead.worker or by, on=on)
    enquiry.task = casework.open_step(
        process.ENQUIRY,
        children=children,
        trigger=on,
        record_id=enquiry.pk,
        worker=lead.worker if lead.worker or team else by,
        team=team,
        by=by,
    )
    enquiry.save(update_fields=["task"])
    _add_children(enquiry, parts, held_at, by)
    if lead.worker is not None:
        notify(
            to=[person for person in (lead.worker, lead.co_worker) if person],
            text=f"{by} gave you a section 47 enquiry",
            page=f"/enquiries/{enquiry.pk}/",
            subject=enquiry,
            by=by,
        )
    trail.record("Began a section 47 enquiry", enquiry, by=by)
    return enquiry


def _join(enquiry: Enquiry, parts: Sequence[StrategyChild], held_at: datetime, by: User) -> None:
    """Add to an open enquiry the children it did not include."""
    new = [part for part in parts if part.child_id not in enquiry.about]
    if not new:
        return
    if enquiry.submitted_on is not None:
        raise CannotDo("The enquiry is with a manager. Children join it when it is returned")
    enquiry.about = sorted({*enquiry.about, *(part.child_id for part in new)})
    enquiry.version += 1
    enquiry.save(update_fields=["about", "version"])
    enquiry.parents.update(about=enquiry.about)
    enquiry.checks.update(about=enquiry.about)
    if enquiry.task is not None:
        everyone = Person.objects.filter(pk__in=enquiry.about)
        casework.name_children(enquiry.task, children=list(everyone), by=by)
    _add_children(enquiry, new, held_at, by)
    trail.record("Added children to a section 47 enquiry", enquiry, by=by)


def _add_children(
    enquiry: Enquiry, parts: Sequence[StrategyChild], held_at: datetime, by: User
) -> None:
    on = timezone.localdate(held_at)
    target = due(timescales.HOLD_INITIAL, on, local_rules())
    for part in parts:
        EnquiryChild.objects.create(
            enquiry=enquiry,
            child=part.child,
            episode=part.episode,
            conference_target_on=target.on if target else None,
        )
        if not part.child.is_unborn:
            task = enquiry.task
            casework.open_step(
                process.SEE_CHILD,
                children=[part.child],
                trigger=held_at,
                record_id=enquiry.pk,
                worker=task.worker if task else None,
                team=task.team if task else None,
                by=by,
            )
