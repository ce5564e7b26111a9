"""What must hold of every life in the borough, lived or lived again; each said in words when not.

The database itself checks each row as it is written. Here is what lies between rows: keys that
point to nothing, decisions never made, work agreed by its own author, days nobody worked here, due
dates that the time limits would not give, and the seals of the trail.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from hearth.accounts import seal
from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.casework.actions import recompute_all
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
