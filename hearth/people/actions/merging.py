"""Two records found to be of one person: proposed, agreed by another, and undone exactly.

Every row that pointed at the one points at the other, each listed as a `MergedRow`. What both
records say of who somebody is, such as a legal name, cannot be moved beside the other's: it stays
where it is, and its words still find them. So does a past period, such as a plan, that shares
days with one of the kept record's. Both numbers are kept.
"""

from collections.abc import Iterator, Sequence

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.functions import Now

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import seeing_everybody
from hearth.lib.errors import CannotDo
from hearth.people.actions.drawing import refresh_many
from hearth.people.checks import text
from hearth.people.models import Merge, MergedRow, Person, RestrictionKind
from hearth.people.overlaps import overlaps
from hearth.people.rows import Place, places


@transaction.atomic
def propose_merge(*, person: Person, other_person: Person, reason: str, by: User) -> Merge:
    """Say that two records are of one person: `person`'s is to become part of `other_person`'s.

    Nothing moves until a manager other than this worker agrees.
    """
    if why := why_not_merge(person, other_person):
        raise CannotDo(why)
    reason = text(reason)
    if not reason:
        raise CannotDo("Say why you believe both records are of one person")
    both = [person.pk, other_person.pk]
    _lock(both)
    waiting = Merge.objects.waiting()
    if waiting.filter(person__in=both).exists() or waiting.filter(other_person__in=both).exists():
        raise CannotDo("A merge of one of these records is waiting for a manager already")
    merge = Merge.objects.create(
        person=person, other_person=other_person, reason=reason, proposed_by=by
    )
    trail.record("Proposed a merge", merge, by=by)
    return merge


@transaction.atomic
def agree_merge(*, merge: Merge, by: User) -> Merge:
    """Make two records one, as proposed by somebody else."""
    merge = _take(merge)
    if not merge.is_waiting:
        raise CannotDo(f"This merge is no longer waiting: {merge.state.lower()}")
    if merge.proposed_by_id == by.pk:
        raise CannotDo("Somebody else must agree the merge: you proposed it")
    if why := why_not_merge(merge.person, merge.other_person):
        raise CannotDo(why)
    with seeing_everybody(system_worker()):
        staying = overlaps(merge.person, merge.other_person)
        if still_open := [each.refusal for each in staying if each.is_open]:
            raise CannotDo(". ".join(still_open))
        rows = [each.row for each in staying]
        MergedRow.objects.bulk_create(_move_all(merge, rows), batch_size=1000)
        Person.objects.filter(pk=merge.person_id).update(merged_into=merge.other_person_id)
    merge.agreed_by = by
    merge.agreed_at = Now()
    merge.save(update_fields=["agreed_at", "agreed_by"])
    _redraw(merge)
    trail.record("Merged two records", merge, by=by)
    return merge


@transaction.atomic
def refuse_merge(*, merge: Merge, reason: str, by: User) -> Merge:
    """Decide that two records are not of one person, or cannot be said to be."""
    merge = _take(merge)
    if not merge.is_waiting:
        raise CannotDo(f"This merge is no longer waiting: {merge.state.lower()}")
    merge.refused_reason = text(reason)
    if not merge.refused_reason:
        raise CannotDo("Say why the records are not to be merged")
    merge.refused_by = by
    merge.refused_at = Now()
    merge.save(update_fields=["refused_at", "refused_by", "refused_reason"])
    trail.record("Refused a merge", merge, by=by)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: User) -> Merge:
    """Make two records of one again: every row the merge moved goes back.

    What was recorded since stays with the record it was recorded on.
    """
    merge = _take(merge)
    if not merge.is_standing:
        raise CannotDo(f"This merge cannot be undone: {merge.state.lower()}")
    if merge.other_person.merged_into_id is not None:
        raise CannotDo(f"{merge.other_person} was merged again since. Undo the later merge first")
    merge.undone_reason = text(reason)
    if not merge.undone_reason:
        raise CannotDo("Say why the records are not of one person")
    with seeing_everybody(system_worker()):
        Person.objects.filter(pk=merge.person_id).update(merged_into=None)
        _move_all_back(merge)
    merge.undone_by = by
    merge.undone_at = Now()
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    _redraw(merge)
    trail.record("Undid a merge", merge, by=by)
    return merge


def why_not_merge(person: Person, other_person: Person) -> str | None:
    """Why two records are not to be made one; None when they may be.

    An adopted child's record before adoption is never joined to the one after it: Adoption and
    Children Act 2002, sections 56 to 65, and the regulations on disclosure under them.
    """
    if person.pk == other_person.pk:
        return "Choose two different records"
    for each in (person, other_person):
        if each.is_merged:
            return f"The record of {each} was merged already"
        if each.restrictions.in_force().filter(kind=RestrictionKind.ADOPTION).exists():
            return "A record sealed by an adoption is never merged"
    if person.is_child_record and not other_person.is_child_record:
        return f"Keep the record of {person} instead: it is the child's record"
    return None


def _take(merge: Merge) -> Merge:
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _lock([merge.person_id, merge.other_person_id])
    return merge


def _lock(people: list[int]) -> None:
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))


def _redraw(merge: Merge) -> None:
    merge.refresh_from_db()
    refresh_many(Person.objects.filter(pk__in=[merge.person_id, merge.other_person_id]))


def _move_all(merge: Merge, staying: Sequence[Model]) -> Iterator[MergedRow]:
    for place in places():
        was = _arrays_of_both(place, merge) if place.is_about else {}
        but = [row.pk for row in staying if isinstance(row, place.model) and not place.is_about]
        for row in _move(place, merge, but):
            yield MergedRow(
                merge=merge,
                about=[merge.person_id, merge.other_person_id],
                table=place.table,
                row_id=row,
                column=place.column,
                was=was.get(row, []),
            )


def _arrays_of_both(place: Place, merge: Merge) -> dict[int, list[int]]:
    """The arrays that name both people, whose order could not be told from what is left."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, about FROM "{place.table}" WHERE about @> ARRAY[%s, %s]::bigint[]',  # noqa: S608 - our own table
            [merge.person_id, merge.other_person_id],
        )
        return dict(cursor.fetchall())


def _move(place: Place, merge: Merge, but: Sequence[int]) -> list[int]:
    """Point rows at the record that is kept; facts that cannot stand beside its own are left."""
    try:
        with transaction.atomic():
            return _update(place, merge, but=but)
    except DatabaseError as clash:
        if place.is_fact and isinstance(clash, IntegrityError):
            return [row for row in _rows(place, merge) if _moved(place, merge, row)]
        raise CannotDo(
            f"Both records have {place.words} that cannot stand together: "
            f"{_meaning(place, clash)}. Put that right first"
        ) from None


def _moved(place: Place, merge: Merge, row: int) -> bool:
    try:
        with transaction.atomic():
            return bool(_update(place, merge, row))
    except IntegrityError:
        return False


def _update(
    place: Place, merge: Merge, row: int | None = None, but: Sequence[int] = ()
) -> list[int]:
    kept, given = merge.other_person_id, merge.person_id
    if place.is_about:
        change = (
            "about = CASE WHEN %s = ANY (about) THEN array_remove(about, %s)"
            " ELSE array_replace(about, %s, %s) END"
        )
        values = [kept, given, given, kept]
    else:
        change, values = f'"{place.column}" = %s', [kept]
    only = " AND id <> ALL (%s)" if row is None else " AND id = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{place.table}" SET {change} WHERE {place.holds()}{only} RETURNING id',  # noqa: S608 - our own table and column
            [*values, given, list(but) if row is None else row],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _rows(place: Place, merge: Merge) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id FROM "{place.table}" WHERE {place.holds()} ORDER BY id',  # noqa: S608 - our own table and column
            [merge.person_id],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _meaning(place: Place, clash: DatabaseError) -> str:
    """What a constraint says in words."""
    broken = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", None)
    for constraint in place.model._meta.constraints:
        if constraint.name == broken:
            return str(constraint.get_violation_error_message()).rstrip(".")
    return str(clash).splitlines()[0]


def _move_all_back(merge: Merge) -> None:
    """Each row as it was, the last moved first."""
    for place in reversed(places()):
        moved = merge.rows.filter(table=place.table, column=place.column)
        ids = dict(moved.values_list("row_id", "was"))
        if ids:
            _update_back(place, merge, ids)


def _update_back(place: Place, merge: Merge, ids: dict[int, list[int]]) -> None:
    kept, given = merge.other_person_id, merge.person_id
    plain = [pk for pk, was in ids.items() if not was]
    with connection.cursor() as cursor:
        if place.is_about:
            change = "array_replace(about, %s, %s)"
        else:
            change = f'CASE WHEN "{place.column}" = %s THEN %s ELSE "{place.column}" END'
        cursor.execute(
            f'UPDATE "{place.table}" SET "{place.column}" = {change} WHERE id = ANY (%s)',  # noqa: S608 - our own table and column
            [kept, given, plain],
        )
        for pk, was in ids.items():
            if was:
                cursor.execute(
                    f'UPDATE "{place.table}" SET about = %s::bigint[] || ARRAY('  # noqa: S608 - our own table
                    "SELECT each FROM unnest(about) each WHERE each <> ALL (%s)) WHERE id = %s",
                    [was, was, pk],
                )
