"""Checks of children in need by the facts of them: young carers, disability, public funds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from hearth.assessments.models import AgencyConsulted, AssessmentChild, AssessmentFactor
from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models import Episode
from hearth.front_door.models import ContactChild
from hearth.lib.dates import add_months, add_working_days, in_words
from hearth.people.models import (
    Characteristic,
    CharacteristicKind,
    Disability,
    HouseholdMember,
    NetworkMember,
    Person,
)
from hearth.plans.models import MeetingMember
from hearth.records.models import DocumentChild

NO_FUNDS = ("no_recourse", "no_status", "appeal_rights_exhausted")
ASSESS_DAYS = 45
PLAN_FROM, NAMED_FROM_MONTHS = 14, 16 * 12 + 6
REVIEW_MONTHS = 6
ADULTS = 18
SCHOOL_AGE = range(5, 18)
SCHOOLS = ("school", "college", "education_service")
YOUNG_CARER, ADULTHOOD_PLAN = "young_carer", "adulthood_plan"


def _opened(children: Sequence[int]) -> dict[int, date]:
    """The day the open case of each of these children began."""
    rows = Episode.objects.open().filter(child__in=children)
    return dict(rows.values_list("child_id", "started_on"))


def _papers(children: Iterable[int], kind: str) -> dict[int, tuple[date, int]]:
    """The latest document of a kind on each child's record: its day, and which it is."""
    found: dict[int, tuple[date, int]] = {}
    parts = DocumentChild.objects.filter(
        child__in=list(children), document__kind=kind, document__withdrawn_at=None
    ).select_related("document")
    for part in parts:
        day = part.document.dated_on or timezone.localdate(part.document.recorded_at)
        if part.child_id not in found or found[part.child_id][0] < day:
            found[part.child_id] = (day, part.document_id)
    return found


def _paper_fact(label: str, paper: tuple[date, int] | None) -> Fact:
    if paper is None:
        return Fact(label, "None on the record")
    return Fact(label, f"Of {in_words(paper[0])}", paper[0], "records:read_document", paper[1])


@check(
    key="PC-114",
    title="Young carer without an assessment, or whose school does not know",
    rule="Within {days} working days of a child being known to look after somebody, their needs as "
    "a young carer are assessed, and their school has been asked or told.",
    passes_over="A child who is not of school age has no school to tell. A brother or sister who "
    "helps is not a carer until somebody says so of them.",
    put_right="Put the young carer's needs assessment with the child's documents, and speak with "
    "the school: as an agency of the assessment or at a meeting. If the family does not agree to "
    "it, say so as why it is not relevant.",
    authority="Children Act 1989, section 17ZA; Lambeth 2012, paragraph 39",
    severity=Severity.MEDIUM,
    nothing="Nobody has said that this child looks after somebody.",
    manager_after=5,
    numbers={"days": ASSESS_DAYS},
)
def young_carers_are_assessed(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child known to be a young carer, by their assessment and what their school knows."""
    known = _known_carers(_opened(children))
    papers, asked = _papers(known, YOUNG_CARER), _schools_asked(known)
    people = Person.objects.in_bulk(list(known))
    for child, since in known.items():
        lacks = [] if child in papers else ["there is no young carer's needs assessment"]
        at_school = (people[child].age_on(today) or 0) in SCHOOL_AGE
        if at_school and child not in asked:
            lacks.append("no school has been asked or told")
        by = add_working_days(since, ASSESS_DAYS)
        yield Looked(
            child=child,
            subject=f"people.Person:{child}",
            fires=bool(lacks) and today > by,
            because=f"Known to look after somebody since {in_words(since)}"
            + (f"; {' and '.join(lacks)}." if lacks else "; assessed, and the school knows."),
            since=by,
            facts=[
                Fact("Known to look after somebody", f"From {in_words(since)}", since),
                _paper_fact("Young carer's needs assessment", papers.get(child)),
                Fact("School", "Asked or told" if child in asked else "Not asked or told"),
            ],
        )


def _known_carers(opened: dict[int, date]) -> dict[int, date]:
    """Since when each child has been known to look after somebody, in their open case."""
    days: dict[int, date] = {}
    told = ContactChild.objects.filter(
        child__in=opened, contact__concerns__contains=[YOUNG_CARER], contact__withdrawn_at=None
    ).values_list("child_id", "contact__received_at")
    found = AssessmentFactor.objects.filter(
        child__in=opened, code="7A", removed_at=None, part__assessment__cancelled_on=None
    ).values_list("child_id", "recorded_at")
    for child, at in (*told, *found):
        day = max(timezone.localdate(at), opened[child])
        days[child] = min(day, days.get(child, day))
    return days


def _schools_asked(children: Iterable[int]) -> set[int]:
    """The children whose school was asked in an assessment, or came to a meeting about them."""
    wanted = set(children)
    asked = AgencyConsulted.objects.filter(
        agency__in=SCHOOLS, assessment__children__child__in=wanted
    ).values_list("about", "child_id")
    told = {pk for about, child in asked for pk in ([child] if child else about)}
    came = MeetingMember.objects.came().filter(
        agency__in=SCHOOLS, meeting__children__child__in=wanted, removed_at=None
    )
    return wanted & told | set(came.values_list("meeting__children__child", flat=True)) & wanted


@check(
    key="PC-055",
    title="Disabled young person without a plan for adulthood",
    rule="A disabled young person has a plan for adulthood from {age}, looked at again within the "
    "last {months} months, and from sixteen and a half somebody in adult social care is named.",
    passes_over="A young person who will have no adult social care still needs a plan of who will "
    "help. One of 18 is an adult.",
    put_right="Put the plan for adulthood with the young person's documents, dated when it was "
    "last looked at, and record the adult worker among the professionals around them.",
    authority="Care Act 2014, sections 58 to 66; Children and Families Act 2014, section 10",
    severity=Severity.MEDIUM,
    nothing="This child has no disability on record, or is not between 14 and 18 with an open "
    "case.",
    manager_after=5,
    numbers={"age": PLAN_FROM, "months": REVIEW_MONTHS},
)
def adulthood_is_planned(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each disabled young person with an open case, by their plan and who is named in it."""
    people = _disabled_young_people(_opened(children), today)
    ids = [person.pk for person in people]
    plans, named = _papers(ids, ADULTHOOD_PLAN), _with_adult_worker(ids, today)
    for person in people:
        begins = add_months(_born(person), PLAN_FROM * 12)
        needs_name = today >= add_months(_born(person), NAMED_FROM_MONTHS)
        plan, has_worker = plans.get(person.pk), person.pk in named
        wrong = []
        if plan is None:
            wrong.append("there is no plan for adulthood")
        elif add_months(plan[0], REVIEW_MONTHS) < today:
            wrong.append(f"the plan was last looked at on {in_words(plan[0])}")
        if needs_name and not has_worker:
            wrong.append("nobody in adult social care is named")
        yield Looked(
            child=person.pk,
            subject=f"people.Person:{person.pk}",
            fires=bool(wrong),
            because=f"{'; '.join(wrong).capitalize()}."
            if wrong
            else "There is a plan for adulthood, looked at lately.",
            since=begins if plan is None else add_months(plan[0], REVIEW_MONTHS),
            facts=[
                Fact("14 years old", in_words(begins), begins),
                _paper_fact("Plan for adulthood", plan),
                Fact("Adult social care", "Somebody is named" if has_worker else "Nobody is named"),
            ],
        )


def _born(person: Person) -> date:
    return person.born_on or date.max


def _disabled_young_people(opened: dict[int, date], today: date) -> list[Person]:
    disabled = Disability.objects.on(today).filter(person__in=opened).exclude(code="NONE")
    found = Person.objects.filter(pk__in=disabled.values("person")).order_by("pk")
    ages = range(PLAN_FROM, ADULTS)
    return [person for person in found if (person.age_on(today) or 0) in ages]


def _with_adult_worker(children: Iterable[int], today: date) -> set[int]:
    adult = "adult_social_care"
    rows = NetworkMember.objects.on(today).filter(
        Q(organisation__agency=adult) | Q(professional__organisation__agency=adult),
        person__in=list(children),
    )
    return set(rows.values_list("person_id", flat=True))


@check(
    key="PC-095",
    title="Family without public funds, and no assessment",
    rule="A child in a household where somebody may not have public funds is assessed within "
    "{days} working days of the referral, or of its becoming known.",
    passes_over="Somebody whose status has changed since, or who has left the household.",
    put_right="Assess what the child needs, and have the assessment authorised; or record the "
    "family's status as it now is.",
    authority="Children Act 1989, section 17; Nationality, Immigration and Asylum Act 2002, "
    "schedule 3",
    severity=Severity.MEDIUM,
    nothing="Nobody in this child's household is recorded as without public funds, or the case is "
    "not open.",
    manager_after=5,
    numbers={"days": ASSESS_DAYS},
)
def without_funds_is_assessed(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child of a household with somebody without public funds, by their assessments."""
    opened = _opened(children)
    known = _without_funds(opened, today)
    assessed = dict(
        AssessmentChild.objects.filter(
            child__in=known, assessment__authorised_on__isnull=False
        ).values_list("child_id", Max("assessment__authorised_on"))
    )
    for child, (since, status) in known.items():
        begun = max(since, opened[child])
        by, last = add_working_days(begun, ASSESS_DAYS), assessed.get(child)
        done = last is not None and last >= opened[child]
        yield Looked(
            child=child,
            subject=f"people.Person:{child}",
            fires=not done and today > by,
            because=f"Assessed on {in_words(last)}."
            if done and last
            else f"Not assessed since {in_words(begun)}; to be by {in_words(by)}.",
            since=by,
            facts=[
                Fact("Public funds", status, since),
                Fact("Last assessment authorised", in_words(last) if last else "None", last),
            ],
        )


def _without_funds(opened: dict[int, date], today: date) -> dict[int, tuple[date, str]]:
    """Since when somebody of each child's household has had no public funds, and what is said."""
    homes = HouseholdMember.objects.on(today).filter(person__in=opened)
    where = list(homes.values_list("person_id", "household_id"))
    living: dict[int, set[int]] = {}
    members = HouseholdMember.objects.on(today).filter(household__in={home for _, home in where})
    for home, person in members.values_list("household_id", "person_id"):
        living.setdefault(home, set()).add(person)
    with_child = {child: {child} for child in opened}
    for child, home in where:
        with_child[child] |= living.get(home, set())
    everybody = {person for people in with_child.values() for person in people}
    rows = Characteristic.objects.on(today).filter(
        person__in=everybody, kind=CharacteristicKind.IMMIGRATION, code__in=NO_FUNDS
    )
    found = {
        row.person_id: (row.started_on or timezone.localdate(row.recorded_at), str(row))
        for row in rows
    }
    return {
        child: min(found[person] for person in people & found.keys())
        for child, people in with_child.items()
        if people & found.keys()
    }
