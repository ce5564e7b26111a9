"""What else stands open in the small borough, done by the actions on the last working afternoon.

A restricted family, two records of one child, a draft, a broken glass.
"""

from datetime import date, datetime

from django.urls import reverse

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Allocation
from hearth.demo.living.life import Life
from hearth.demo.living.staff import Payroll
from hearth.demo.staff import DOMAIN
from hearth.people import actions as people
from hearth.people.actions.restriction import restrict_people
from hearth.people.actions.restriction_openings import ExactDetails, break_glass
from hearth.people.models import Address
from hearth.records.actions import save_draft


def leave(payroll: Payroll, lives: list[Life], moment: datetime) -> None:
    """Leave all of them as they would be found the next morning."""
    two_records_of_one_child(payroll, moment)
    unfinished_note(payroll)
    with acting_as(system_worker()):  # nobody else is shown every family's episodes
        closed = [life for life in lives if life.everyone and not life.open_episodes()]
    if closed:
        restricted_family(payroll, closed[0])


def known(payroll: Payroll, address: str) -> User:
    """The worker with a known address."""
    return payroll.users[f"{address}@{DOMAIN}"]


def two_records_of_one_child(payroll: Payroll, moment: datetime) -> None:
    """Ellie Smith and Elly Smyth are one child, and somebody has said so; a manager must agree."""
    by, today = known(payroll, "screening.officer"), moment.date()
    with acting_as(by):
        ellie = people.create_child(new=_girl("Ellie", "Smith", today), today=today, by=by)
        elly = people.create_child(
            new=_girl("Elly", "Smyth", today), none_of=[ellie.pk], today=today, by=by
        )
        people.propose_merge(
            person=elly,
            other_person=ellie,
            reason="The same birthday and address; her school spells her name the other way.",
            by=by,
        )


def _girl(given_names: str, family_name: str, today: date) -> people.NewPerson:
    return people.NewPerson(
        given_names=given_names,
        family_name=family_name,
        birth_kind="known",
        born_on=today.replace(year=today.year - 8, day=min(today.day, 28)),
        sex="F",
        facts=[Address(lines="14 Osier Lane, Fenbridge", postcode="ZZ3 7QA")],
    )


def unfinished_note(payroll: Payroll) -> None:
    """The social worker was called away half-way through a note."""
    by = known(payroll, "social.worker")
    with acting_as(by):
        case = Allocation.objects.current().leading().filter(worker=by).order_by("pk").first()
        if case is not None:
            save_draft(
                key=f"records.note.{case.child_id}",
                version=0,
                fields={
                    "kind": ["phone"],
                    "headline": ["Call from the school nurse"],
                    "text": [
                        "She saw both children on Monday. Weight is up. She is not sure about"
                    ],
                },
                about=[case.child_id],
                address=reverse("records:record_note", args=[case.child_id]),
                by=by,
            )


def restricted_family(payroll: Payroll, life: Life) -> None:
    """A colleague's family, kept from all but a few; and opened one night for a child's safety."""
    manager, night = known(payroll, "service.manager"), known(payroll, "out.of.hours")
    with acting_as(manager):
        restrict_people(
            people=life.everyone,
            kind="staff",
            reason="The mother works in this service.",
            workers=[manager, known(payroll, "director"), known(payroll, "senior.social.worker")],
            by=manager,
        )
    child = life.children[0]
    with acting_as(night):
        details = ExactDetails(
            given_names=child.given_names, family_name=child.family_name, born_on=child.born_on
        )
        break_glass(
            details=details,
            reason="Police are at the home and ask whom the children may go to tonight.",
            by=night,
        )
