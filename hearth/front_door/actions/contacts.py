"""Recording a contact, and saying which children it is about."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import cancel, lead_worker, open_step
from hearth.casework.models import Task
from hearth.front_door import policies, process, rules
from hearth.front_door.actions import checks, story
from hearth.front_door.actions.routing import decision_makers, front_door_team
from hearth.front_door.models import (
    Contact,
    ContactChild,
    ReferrerKind,
    ReportedChild,
    ThirdContactPrompt,
)
from hearth.lib.dates import age_in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Team

REFERRER_LINES = {
    "referrer_name": ("The name", 200),
    "referrer_role": ("What they are to the child", 200),
    "referrer_organisation": ("The organisation", 200),
    "referrer_phone": ("The telephone number", 40),
    "referrer_email": ("The email address", 254),
    "referrer_address": ("The address", 300),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A child as the referrer described them, before we know whose record it is."""

    given_names: str = ""
    family_name: str = ""
    born_on: date | None = None
    is_unborn: bool = False
    sex: str = "U"
    address: str = ""
    postcode: str = ""
    said: str = ""

    @property
    def name(self) -> str:
        """What they were called, as far as it was told."""
        return f"{self.given_names} {self.family_name}".strip()


@transaction.atomic
def record_contact(
    *,
    received_at: datetime,
    method: str,
    referrer_kind: str,
    reason: str,
    children: Sequence[Person] = (),
    reported: Sequence[Told] = (),
    said: Mapping[int, str] | None = None,
    referrer_name: str = "",
    referrer_role: str = "",
    referrer_agency: str = "",
    referrer_organisation: str = "",
    referrer_phone: str = "",
    referrer_email: str = "",
    referrer_address: str = "",
    source: str = "",
    concerns: Sequence[str] = (),
    significant_harm: bool = False,
    risk_score: int | None = None,
    consent: str = "not_asked",
    lawful_basis: str = "",
    consent_note: str = "",
    stated_threshold: str = "",
    out_of_hours: bool = False,
    action_taken: str = "",
    team: Team | None = None,
    form_key: uuid.UUID | None = None,
    by: User,
) -> Contact:
    """Write down what somebody told us, and put it in the queue to be screened.

    Sent twice, it is recorded once. A child already known is given in `children`; one only
    described, in `reported`, to be matched before the contact is screened.
    """
    given = dict(locals())
    contact, is_new = _write(given, day := _check(given))
    if is_new:
        _begin(contact, given, day)
    return contact


def _check(given: Mapping[str, Any]) -> date:
    """Refuse what cannot be recorded at all; the day it was received."""
    checks.allowed(policies.record_contact, given["by"], None)
    received = checks.past(given["received_at"], "The time the contact was received")
    day = checks.day_of(received)
    _check_children(given["children"], given["reported"], day)
    return day


def _write(given: Mapping[str, Any], day: date) -> tuple[Contact, bool]:
    """The contact as it was told, and whether it is new: a form sent twice is one contact."""
    children, by = given["children"], given["by"]
    return Contact.objects.get_or_create(
        form_key=given["form_key"] or uuid.uuid4(),
        defaults={
            **_referrer(given, day),
            **_account(given, day),
            "about": sorted(child.pk for child in children),
            "family": family_name(children, given["reported"]),
            "received_at": given["received_at"],
            "team": given["team"] or front_door_team(by, on=timezone.localdate()),
            "recorded_by": by,
        },
    )


def _begin(contact: Contact, given: Mapping[str, Any], day: date) -> None:
    """Write each child's part, tell it in their stories, and open what is to be done first."""
    children, by = given["children"], given["by"]
    parts = _write_children(contact, children, given["reported"], given["said"] or {}, day)
    trail.record("Recorded a contact", contact, by=by)
    if parts:
        story.tell_of_contact(contact, parts, by=by)
    _open_first_steps(contact, list(children), by)


def _referrer(given: Mapping[str, Any], day: date) -> dict[str, Any]:
    kind = checks.one_of(ReferrerKind, given["referrer_kind"], needed="Say who told us")
    who = checks.lines(given, REFERRER_LINES)
    agency = checks.code("agency_type", given["referrer_agency"], on=day)
    if kind == ReferrerKind.PROFESSIONAL and not (agency and who["referrer_name"]):
        raise CannotDo("Say who the professional is, and from which agency")
    if kind == ReferrerKind.ANONYMOUS and any(who.values()):
        raise CannotDo("An anonymous referrer has no name or address: choose another, or clear it")
    source = given["source"] or rules.source_for(kind, agency, day)
    return {
        **who,
        "referrer_kind": kind,
        "referrer_agency": agency if kind == ReferrerKind.PROFESSIONAL else "",
        "source": checks.code(
            "referral_source", source, on=day, needed="Choose what kind of referrer it was"
        ),
    }


def _account(given: Mapping[str, Any], day: date) -> dict[str, Any]:
    concerns = checks.codes("contact_concern", given["concerns"], on=day)
    out_of_hours = bool(given["out_of_hours"])
    needed = "Say what you did about it, even if that was nothing" if out_of_hours else ""
    return {
        "method": checks.code(
            "contact_method", given["method"], on=day, needed="Say how the contact came"
        ),
        "reason": checks.words(
            given["reason"], "What they told us", needed="Say what they told us"
        ),
        "concerns": concerns,
        "significant_harm": given["significant_harm"] or rules.suggests_harm(concerns),
        "domestic_abuse": not rules.DOMESTIC_ABUSE.isdisjoint(concerns),
        "risk_score": given["risk_score"],
        **consent_answers(given, day),
        "stated_threshold": checks.code("threshold_level", given["stated_threshold"], on=day),
        "out_of_hours": out_of_hours,
        "action_taken": checks.words(given["action_taken"], "What you did", needed=needed),
    }


def consent_answers(given: Mapping[str, Any], day: date) -> dict[str, str]:
    """Whether the family agreed, or the lawful reason for going on without."""
    return {
        "consent": checks.code(
            "consent", given["consent"], on=day, needed="Say whether the family agreed"
        ),
        "lawful_basis": checks.code("lawful_basis", given["lawful_basis"], on=day),
        "consent_note": checks.words(given["consent_note"], "What was said about agreement"),
    }


def _check_children(children: Sequence[Person], reported: Sequence[Told], day: date) -> None:
    if not (children or reported):
        raise CannotDo("Say which child or children the contact is about")
    if len({child.pk for child in children}) < len(children):
        raise CannotDo("The same child is there twice")
    for child in children:
        check_child(child, day)
    for told in reported:
        if not told.name:
            raise CannotDo("Give each child a name, even if only a family name")
        if why := rules.why_not_about(
            told.name, born_on=told.born_on, is_unborn=told.is_unborn, received_on=day
        ):
            raise CannotDo(why)


def check_child(child: Person, day: date) -> None:
    """Refuse somebody a contact received on this day cannot be about."""
    if not child.is_child_record or child.merged_into_id is not None:
        raise CannotDo(f"{child} has no child's record of their own. Choose the child again")
    if why := rules.why_not_about(
        str(child), born_on=child.born_on, is_unborn=child.is_unborn, received_on=day
    ):
        raise CannotDo(why)


def family_name(children: Sequence[Person], reported: Sequence[Told]) -> str:
    """What lists call the family these children are of."""
    names = [child.family_name for child in children] + [told.family_name for told in reported]
    return " and ".join(dict.fromkeys(name for name in names if name))[:200]


def _write_children(
    contact: Contact,
    children: Sequence[Person],
    reported: Sequence[Told],
    said: Mapping[int, str],
    day: date,
) -> list[ContactChild]:
    parts = [
        add_child(contact, child, checks.words(said.get(child.pk, ""), "What was said"), day)
        for child in children
    ]
    for told in reported:
        ReportedChild.objects.create(
            contact=contact,
            given_names=checks.line(told.given_names, "The first name"),
            family_name=checks.line(told.family_name, "The family name"),
            born_on=told.born_on,
            is_unborn=told.is_unborn,
            sex=checks.code(
                "sex", "U" if told.is_unborn else told.sex, on=day, needed="Say the sex"
            ),
            address=checks.line(told.address, "The address", longest=300),
            postcode=checks.line(told.postcode, "The postcode", longest=8),
            said=checks.words(told.said, "What was said"),
        )
    return parts


def add_child(contact: Contact, child: Person, said: str, day: date) -> ContactChild:
    """Put a child on a contact, with their age as it was."""
    if child.is_unborn:
        age = "unborn"
    else:
        age = age_in_words(child.born_on, day) if child.born_on else "not known"
    return ContactChild.objects.create(contact=contact, child=child, age=age, said=said)


def _open_first_steps(contact: Contact, children: list[Person], by: User) -> None:
    common: dict[str, Any] = {
        "children": children,
        "trigger": contact.received_at,
        "record_id": contact.pk,
        "team": contact.team,
        "family": contact.family,
        "by": by,
    }
    open_step(process.SCREEN_CONTACT, **common)
    if contact.out_of_hours:
        open_step(process.ACKNOWLEDGE_OUT_OF_HOURS, **common)
    if contact.significant_harm:
        open_harm_step(contact, children, by)
    if children:
        tell_who_works_with_them(contact, children, by)
        raise_third_contact_prompts(contact, children)


def open_harm_step(contact: Contact, children: Sequence[Person], by: User) -> None:
    """Put signs of significant harm in front of a manager, due the same day; once a contact."""
    if Task.objects.of_step(process.CONSIDER_HARM).filter(record_id=contact.pk).exists():
        return
    makers = decision_makers(contact.team, on=timezone.localdate(), but_not={None})
    open_step(
        process.CONSIDER_HARM,
        children=children,
        trigger=contact.received_at,
        record_id=contact.pk,
        worker=makers[0] if makers else None,
        team=contact.team,
        family=contact.family,
        by=by,
    )


def tell_who_works_with_them(contact: Contact, children: Sequence[Person], by: User) -> None:
    """Put the contact on the list of each worker who leads one of these children's cases."""
    theirs: dict[User, list[Person]] = {}
    for child in children:
        worker = lead_worker(child)
        if worker is not None and worker != by:
            theirs.setdefault(worker, []).append(child)
    for worker, own in theirs.items():
        known = Task.objects.of_step(process.READ_CONTACT).filter(
            record_id=contact.pk, worker=worker
        )
        if not known.exists():
            open_step(
                process.READ_CONTACT,
                children=own,
                trigger=contact.received_at,
                record_id=contact.pk,
                worker=worker,
                by=by,
            )


def raise_third_contact_prompts(contact: Contact, children: Sequence[Person]) -> None:
    """Ask what the pattern means, for each child in their third contact in twelve months."""
    for child in children:
        received = [
            checks.day_of(moment)
            for moment in Contact.objects.about_child(child).values_list("received_at", flat=True)
        ]
        count = rules.contacts_within(received, contact.received_on)
        if count >= rules.REPEATED:
            ThirdContactPrompt.objects.get_or_create(
                contact=contact, child=child, defaults={"count": count}
            )


@transaction.atomic
def withdraw_contact(*, contact: Contact, reason: str, by: User) -> None:
    """Mark a contact as recorded in error, with why, and take its tasks off the lists."""
    contact = checks.locked(contact)
    checks.allowed(policies.withdraw_contact, by, contact)
    checks.still_undecided(contact)
    contact.withdrawn_reason = checks.words(
        reason, "The reason", needed="Say why this contact was recorded in error"
    )
    contact.withdrawn_at, contact.withdrawn_by = timezone.now(), by
    contact.save(update_fields=["withdrawn_reason", "withdrawn_at", "withdrawn_by"])
    keys = [step.key for step in process.CONTACTS.steps]
    for task in Task.objects.outstanding().filter(step_key__in=keys, record_id=contact.pk):
        cancel(task, reason="The contact was recorded in error", by=by)
    story.take_back(contact, reason=contact.withdrawn_reason, by=by)
    trail.record("Withdrew a contact", contact, by=by)
