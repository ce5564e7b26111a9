"""Answering a question about a child, and saying who may ask. Every write in this room is here."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import TrailKind, User
from hearth.accounts.notices import notify
from hearth.accounts.structure import managers_of
from hearth.accounts.worker_context import acting_as
from hearth.api.models import Answer, Asker, LookUp
from hearth.api.signing import why_not_a_key
from hearth.casework.models import Allocation, Episode, Involvement, InvolvementKind
from hearth.lib.errors import CannotDo
from hearth.people.models import Identifier, IdentifierKind, Person, Restriction, RestrictionKind
from hearth.workforce.models import Staff

# Kept from everybody outside: that we know the child at all would tell where they are, or who.
NEVER_TOLD = (
    RestrictionKind.ADOPTION,
    RestrictionKind.ALLEGATION,
    RestrictionKind.WITNESS,
    RestrictionKind.SEALED,
)
HOUR = timedelta(hours=1)


class TooMany(CannotDo):
    """An asker has asked as often as it may for now."""


@transaction.atomic
def answer_look_up(
    *,
    asker: Asker,
    asked_id: uuid.UUID,
    nhs_number: str,
    born_on: date,
    asked_by: str,
    setting: str,
    by: User,
) -> LookUp:
    """Tell a health service whether a child has a plan or is looked after, and whom to ring.

    Both the NHS number and the date of birth must be the child's. The look is on the child's trail
    and the worker is told. Asked twice under one id, the first answer stands. Raises TooMany.
    """
    asker = Asker.objects.select_for_update().get(pk=asker.pk)
    with acting_as(system_worker()):
        if (known := LookUp.objects.filter(asker=asker, asked_id=asked_id).first()) is not None:
            return known
        since = timezone.now() - HOUR
        if LookUp.objects.filter(asker=asker, recorded_at__gt=since).count() >= asker.an_hour:
            raise TooMany(f"No more than {asker.an_hour} questions are answered in an hour")
        child = _found(nhs_number, born_on)
        lead = _lead_of(child)
        made: LookUp = LookUp.objects.create(
            asker=asker,
            child=child,
            asked_id=asked_id,
            asked_by=asked_by[:200],
            setting=setting[:200],
            answer=_answer(child),
            contact=_telephone(lead),
        )
        trail.record(
            "Answered a health service's question",
            made,
            by=by,
            kind=TrailKind.LOOK,
            reason=f"{asker}: {asked_by}, {setting}",
        )
        if child is not None:
            _tell(made, child, lead, by)
    return made


def _found(nhs_number: str, born_on: date) -> Person | None:
    """The one child on record with this number, born on this day, whom we may speak of."""
    today = timezone.localdate()
    holders = Identifier.objects.on(today).filter(kind=IdentifierKind.NHS, value=nhs_number)
    found = list(
        Person.objects.filter(
            pk__in=holders.values("person"),
            born_on=born_on,
            la_child_id__isnull=False,
            merged_into=None,
        )[:2]
    )
    if len(found) != 1:
        return None
    hidden = Restriction.objects.in_force().filter(person=found[0], kind__in=NEVER_TOLD)
    return None if hidden.exists() else found[0]


def _answer(child: Person | None) -> Answer:
    if child is None:
        return Answer.NOT_KNOWN
    today = timezone.localdate()
    kinds = set(Involvement.objects.on(today).filter(child=child).values_list("kind", flat=True))
    has_plan, in_care = (
        kind in kinds for kind in (InvolvementKind.PROTECTION, InvolvementKind.LOOKED_AFTER)
    )
    if has_plan and in_care:
        return Answer.BOTH
    if has_plan or in_care:
        return Answer.PROTECTION if has_plan else Answer.LOOKED_AFTER
    known = Episode.objects.open_on(today).filter(child=child).exists()
    return Answer.KNOWN if known else Answer.NOT_KNOWN


def _lead_of(child: Person | None) -> User | None:
    if child is None:
        return None
    lead = Allocation.objects.current().leading().filter(child=child)
    found = lead.select_related("worker").first()
    return found.worker if found else None


def _telephone(lead: User | None) -> str:
    """The lead worker's telephone; the authority's own where there is none."""
    phone = Staff.objects.filter(user=lead).exclude(phone="") if lead else Staff.objects.none()
    found = phone.values_list("phone", flat=True).first()
    return found or settings.DUTY_TELEPHONE


def _tell(made: LookUp, child: Person, lead: User | None, by: User) -> None:
    if lead is None:
        return
    told = User.objects.filter(
        Q(pk=lead.pk) | Q(pk__in=[one.pk for one in managers_of(lead, on=timezone.localdate())])
    )
    notify(
        to=told,
        text=f"{made.asker} asked about {child}: {made.setting}. {made.get_answer_display()}",
        page=reverse("api:child_look_ups", args=[child.pk]),
        subject=made,
        by=by,
    )


@transaction.atomic
def let_ask(
    *, name: str, key_name: str, public_key: str, contact: str, an_hour: int, by: User
) -> Asker:
    """Let a health service look children up, with its own public key."""
    if why := why_not_a_key(public_key):
        raise CannotDo(why)
    if Asker.objects.filter(key_name=key_name).exists():
        raise CannotDo("Another service has that short name. Choose another")
    asker: Asker = Asker.objects.create(
        name=name,
        key_name=key_name,
        public_key=public_key,
        contact=contact,
        an_hour=an_hour,
        started_on=timezone.localdate(),
        recorded_by=by,
    )
    trail.record("Let a health service look children up", asker, by=by)
    return asker


@transaction.atomic
def stop_asking(*, asker: Asker, reason: str, by: User) -> None:
    """Let a health service ask no more, from now."""
    asker = Asker.objects.select_for_update().get(pk=asker.pk)
    if asker.ended_on is not None:
        raise CannotDo("This service may not ask already")
    if not reason:
        raise CannotDo("Say why it may ask no more")
    asker.ended_on = timezone.localdate()
    asker.save(update_fields=["ended_on"])
    trail.record("Let a health service ask no more", asker, by=by, reason=reason)
