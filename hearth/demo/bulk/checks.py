"""What must hold of every life in the borough, lived or lived again; each said in words when not.

The database itself checks each row as it is written. Here is what lies between rows: keys that
point to nothing, decisions never made, work agreed by its own author, days nobody worked here, due
dates that the time limits would not give, and the seals of the trail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from hearth.accounts import seal
from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.casework.actions import recompute_all
from hearth.demo import rates
from hearth.demo.bulk.tables import Table

# Each: what is wrong, and a question that counts how often.
RULES = (
    (
        "a referral without the decision that made it",
        (
            "SELECT count(*) FROM front_door_referral r WHERE NOT EXISTS"
            " (SELECT FROM front_door_contactdecision d WHERE d.contact_id = r.contact_id)"
        ),
    ),
    (
        "a contact decided by whoever screened it",
        "SELECT count(*) FROM front_door_contactdecision WHERE decided_by_id = screened_by_id",
    ),
    (
        "an assessment authorised by its own author",
        (
            "SELECT count(*) FROM assessments_assessment"
            " WHERE authorised_on IS NOT NULL"
            " AND (authorised_by_id IS NULL OR authorised_by_id = submitted_by_id)"
        ),
    ),
    (
        "a child of an assessment without a part of it",
        (
            "SELECT count(*) FROM assessments_assessment a WHERE cardinality(about) <>"
            " (SELECT count(*) FROM assessments_assessmentchild c WHERE c.assessment_id = a.id)"
        ),
    ),
    (
        "an open case with a lead who has left",
        (
            "SELECT count(*) FROM casework_allocation a JOIN workforce_staff s"
            " ON s.user_id = a.worker_id WHERE a.ended_on IS NULL AND s.ended_on IS NOT NULL"
        ),
    ),
    (
        "a case led by somebody before they came, or after they left",
        (
            "SELECT count(*) FROM casework_allocation a JOIN workforce_staff s"
            " ON s.user_id = a.worker_id"
            " WHERE a.started_on < s.started_on OR a.ended_on > s.ended_on"
        ),
    ),
    (
        "a case led by somebody who was not registered",
        (
            "SELECT count(*) FROM casework_allocation a JOIN workforce_staff s"
            " ON s.user_id = a.worker_id WHERE a.role = 'lead' AND NOT EXISTS"
            " (SELECT FROM workforce_registration r WHERE r.staff_id = s.id"
            " AND r.started_on <= a.started_on"
            " AND (r.expires_on IS NULL OR r.expires_on > a.started_on))"
        ),
    ),
    (
        "a task of a child who is not in the record it is about",
        (
            "SELECT count(*) FROM casework_task t WHERE cardinality(about) <>"
            " (SELECT count(*) FROM casework_taskchild c WHERE c.task_id = t.id)"
        ),
    ),
    (
        "two children with one number",
        (
            "SELECT count(*) - count(DISTINCT la_child_id) FROM people_person"
            " WHERE la_child_id IS NOT NULL"
        ),
    ),
)
# What belongs in a child's story, by the part that has the child.
TOLD = (
    ("front_door.Contact", "front_door_contactchild", "contact_id"),
    ("records.Visit", "records_visitchild", "visit_id"),
    ("casework.Allocation", "casework_allocation", "id"),
)


REFERRALS = "SELECT count(*) FROM front_door_referralchild"
PROTECTION = "FROM plans_planchild WHERE kind = 'protection'"
CONFERENCES = (
    "FROM protection_conferencechild c JOIN protection_conference f ON f.id = c.conference_id"
    " JOIN plans_meeting m ON m.id = f.meeting_id"
    " WHERE f.decided_at IS NOT NULL AND m.kind"
)
FIRST = f"{CONFERENCES} <> 'review_conference'"
REVIEWS = f"{CONFERENCES} = 'review_conference'"
IN_TIME = " AND (m.held_at AT TIME ZONE 'Europe/London')::date <= f.target_on"
# How many there are for every referral: what is counted, the national figure, and how far it may
# be from it. A tenth has few children with a plan at any one time: one family is 7 in a hundred.
FOR_A_REFERRAL = (
    (
        "section 47 enquiries",
        "SELECT count(*) FROM protection_enquirychild",
        rates.ENQUIRIES_OF_REFERRALS,
        0.1,
    ),
    (
        "initial conferences",
        f"SELECT count(*) {FIRST}",
        rates.CONFERENCES_OF_REFERRALS,
        0.12,
    ),
    (
        "child protection plans started",
        f"SELECT count(*) {PROTECTION}",
        rates.PLANS_STARTED / rates.REFERRALS,
        0.15,
    ),
)
STANDING = f"SELECT count(*) {PROTECTION} AND ended_on IS NULL"
STANDING_WITHIN = 0.25
# Of each hundred, so many; some twenty families' stories lie behind each of these.
SHARES = (
    ("initial conferences within 15 working days", FIRST, IN_TIME, rates.CONFERENCES_IN_TIME),
    ("reviews in time", REVIEWS, IN_TIME, rates.REVIEWED_IN_TIME),
    ("second plans", PROTECTION, " AND earlier_plans > 0", rates.SECOND_PLANS),
)
SHARES_WITHIN = 0.15


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of protection: what it is of, as it is here and nationally, how near it must be."""

    what: str
    here: float
    national: float
    within: float

    @property
    def is_near(self) -> bool:
        """Whether it is as near the national one as it must be."""
        return abs(self.here - self.national) <= self.within

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.here:.1f}, nationally {self.national:.1f}"
            f" (must be within {self.within:.1f})"
        )


def measured(years: int) -> Iterator[Rate]:
    """The rates at which children are protected here, beside the national ones."""
    referrals = _count(REFERRALS)
    for what, question, wanted, within in FOR_A_REFERRAL:
        here = _count(question) / referrals * rates.REFERRALS
        national = wanted * rates.REFERRALS
        yield Rate(f"{what} for 10,000 children in a year", here, national, within * national)
    here = _count(STANDING) * years / referrals * rates.REFERRALS
    national = rates.PLANS_AT_YEAR_END
    yield Rate("plans for 10,000 children now", here, national, STANDING_WITHIN * national)
    for what, of, are, wanted in SHARES:
        among = _count(f"SELECT count(*) {of}")
        share = _count(f"SELECT count(*) {of}{are}") / among if among else 0
        yield Rate(f"{what}, in a hundred", share * 100, wanted * 100, SHARES_WITHIN * 100)


def found_wrong(tables: Sequence[Table]) -> list[str]:
    """Everything that does not hold, in words."""
    return [*_rules(), *_told(), *_pointing_at_nothing(tables), *_due_dates(), *_trail()]


def _count(question: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _rules() -> Iterator[str]:
    for wrong, question in RULES:
        if many := _count(question):
            yield f"{many:,} times: {wrong}"


def _told() -> Iterator[str]:
    """Each record is in the story of each of its children."""
    for label, part, column in TOLD:
        many = _count(
            f"SELECT count(*) FROM {part} p WHERE NOT EXISTS"  # noqa: S608 - our own constants
            f" (SELECT FROM records_chronologyentry e WHERE e.source_label = '{label}'"
            f" AND e.source_id = p.{column} AND e.child_id = p.child_id)"
        )
        if many:
            yield f"{many:,} times: {label} is not in a child's chronology"


def _pointing_at_nothing(tables: Sequence[Table]) -> Iterator[str]:
    names = {table.name for table in tables}
    for model in apps.get_models():
        if hasattr(model, "pgh_obj_id"):
            continue  # what was there once may point at what is not there now
        for field in model._meta.local_concrete_fields:
            table = model._meta.db_table
            if table in names and isinstance(field, models.ForeignKey):
                yield from _orphans(table, field)


def _orphans(table: str, field: "models.ForeignKey[Any, Any]") -> Iterator[str]:
    target = field.related_model._meta
    many = _count(
        f'SELECT count(*) FROM "{table}" t WHERE t."{field.column}" IS NOT NULL AND NOT EXISTS'  # noqa: S608
        f' (SELECT FROM "{target.db_table}" o WHERE o."{target.pk.column}" = t."{field.column}")'
    )
    if many:
        yield f"{many:,} times: {table}.{field.column} points at nothing"


def _due_dates() -> Iterator[str]:
    """The time limits, asked again of every open task, give the dates that are there."""
    with transaction.atomic(), acting_as(system_worker()):
        if many := recompute_all(by=system_worker()):
            yield f"{many:,} due dates are not as the time limits give them"


def _trail() -> Iterator[str]:
    seal.seal()
    yield from seal.verify().broken
