"""Who reads a copy of what a meeting's members are sent."""

from collections.abc import Iterable, Sequence

from hearth.people.models import Person
from hearth.plans.models import MeetingMember
from hearth.records.outgoing import Around, Reader

AGENCIES = Reader(key="agencies", name="the workers and agencies who were asked")


def reader_of(member: MeetingMember) -> Reader:
    """Somebody asked, as a reader: those of agencies and our own have one copy between them."""
    if member.agency or member.worker_id is not None:
        return AGENCIES
    return Reader(
        key=f"member-{member.pk}",
        name=member.name,
        person=member.person,
        is_family=True,
        is_kept_out=bool(member.excluded_reason),
    )


def unplaced(members: Iterable[MeetingMember], children: Sequence[Person]) -> list[MeetingMember]:
    """Those of the family whom the record does not say to be a parent or carer of any of them."""
    around = Around(child.pk for child in children)
    return [one for one in members if reader_of(one).is_unplaced(children, around)]
