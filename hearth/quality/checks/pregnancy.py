"""A check that a girl under 16 who is pregnant has been assessed."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from hearth.assessments.models import AssessmentChild
from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.lib.dates import add_working_days, in_words
from hearth.people.models import BirthKind, Relationship

UNDER = 16
DAYS = 5
# An assessment begun in the pregnancy counts, also when the baby was put on record after it.
PREGNANCY = timedelta(days=280)


@check(
    key="PC-037",
    title="Pregnant child under 16 without an assessment",
    rule="Where the mother of an unborn child is under {age}, an assessment of her has begun "
    "within {days} working days of the baby being on record.",
    passes_over="A pregnancy that has ended, and an assessment begun since the pregnancy did.",
    put_right="Put her on record as a child if she is not, record the contact about her, and "
    "decide an assessment. If she is under 13, hold a strategy discussion. "
    "Think who should know of it.",
    authority="Children Act 1989, section 17; Sexual Offences Act 2003, sections 5 to 9; Lambeth "
    "2012, paragraph 54",
    severity=Severity.HIGH,
    nothing="No mother under 16 is expecting this child, who is not expecting one either.",
    manager_after=0,
    numbers={"age": UNDER, "days": DAYS},
)
def pregnant_children_are_assessed(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each expectant mother under 16: on her own record, or on the baby's where she has none."""
    expecting = [
        one
        for one in Relationship.objects.on(today)
        .filter(Q(person__in=children) | Q(other_person__in=children), code="mother")
        .filter(other_person__birth_kind=BirthKind.EXPECTED)
        .filter(other_person__pregnancy_ended_on=None)
        .select_related("person", "other_person")
        .order_by("pk")
        if (age := one.person.age_on(today)) is not None and age < UNDER
    ]
    begun = _assessed([one.person_id for one in expecting], today)
    for one in expecting:
        child = one.person if one.person.is_child_record else one.other_person
        if child.pk in children:
            yield _looked(one, child.pk, begun.get(one.person_id), today)


def _assessed(mothers: Collection[int], today: date) -> dict[int, date]:
    """The last day on which an assessment of each of them began, in any pregnancy of now."""
    rows = AssessmentChild.objects.filter(
        child__in=mothers,
        assessment__cancelled_on=None,
        assessment__started_on__gte=today - PREGNANCY,
    ).order_by("assessment__started_on")
    return dict(rows.values_list("child_id", "assessment__started_on"))


def _looked(one: Relationship, child: int, begun: date | None, today: date) -> Looked:
    known = timezone.localdate(one.recorded_at)
    by = add_working_days(known, DAYS)
    age = one.person.age_on(today)
    said = f"An assessment began on {in_words(begun)}" if begun else "No assessment has begun"
    return Looked(
        child=child,
        subject=f"people.Person:{one.other_person_id}",
        fires=begun is None and today > by,
        because=f"The mother of the expected baby is {age}. {said}; one is due to have begun by "
        f"{in_words(by)}.",
        since=by,
        facts=[
            Fact("Her age", str(age), one.person.born_on, "people:person", one.person_id),
            Fact("Baby on record", f"Since {in_words(known)}", known),
            Fact("Assessment of her", said, begun),
        ],
    )
