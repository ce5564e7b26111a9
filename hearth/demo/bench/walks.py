"""Who walks, and which pages: workers of the roles that use them, each among their own work."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.assessments.models import AssessmentChild
from hearth.casework.models import Allocation, Task
from hearth.demo.bench import protection
from hearth.front_door.models import Contact
from hearth.people.models import Person, Restriction
from hearth.records.models import NoteChild, VisitChild
from hearth.workforce.models import Team, TeamKind, TeamMembership

SOME = 12
# Of fifty workers signed in at once, so many of each; the rest are social workers.
SHARES = {"manager": 0.16, "screening": 0.16, "front door manager": 0.06, "chair": 0.06}
CASEWORK_TEAMS = (TeamKind.ASSESSMENT, TeamKind.FAMILY_SUPPORT)


@dataclass(slots=True)
class Walker:
    """One worker, the addresses open to them by the page's name, and whose records they keep."""

    worker: User
    part: str
    pages: dict[str, list[str]] = field(default_factory=dict)
    children: list[int] = field(default_factory=list)

    def add(self, name: str, *addresses: str) -> None:
        """Put addresses of a page on their way."""
        if addresses:
            self.pages.setdefault(name, []).extend(addresses)


def walkers(many: int, chance: random.Random) -> list[Walker]:
    """So many workers of the right roles, with work of their own."""
    found: list[Walker] = []
    for part, share in SHARES.items():
        found += [PARTS[part](worker, chance) for worker in _holding(part, round(many * share))]
    leads = _leads(many - len(found), chance)
    found += [_social_worker(worker, children, chance) for worker, children in leads]
    searches = _searches(chance)
    for walker in found:
        walker.add("search", *chance.sample(searches, k=min(SOME, len(searches))))
        walker.add("desk", reverse("desk:home"))
    return found


def _holding(part: str, many: int) -> Iterator[User]:
    roles = {
        "manager": Q(roles__contains=[Role.TEAM_MANAGER], staff__memberships__in=_managing()),
        "screening": Q(roles__contains=[Role.SCREENING_OFFICER]),
        "front door manager": Q(
            roles__contains=[Role.TEAM_MANAGER],
            staff__memberships__team__kind=TeamKind.FRONT_DOOR,
        ),
        "chair": Q(roles__contains=[Role.CONFERENCE_CHAIR]),
    }
    workers = User.objects.filter(roles[part], is_active=True).distinct()
    yield from workers.order_by("pk")[:many]


def _managing() -> "QuerySet[TeamMembership]":
    return TeamMembership.objects.filter(manages=True, team__kind__in=CASEWORK_TEAMS, ended_on=None)


def _leads(many: int, chance: random.Random) -> list[tuple[User, list[int]]]:
    """Those who lead cases now, with their children."""
    by_worker: dict[int, list[int]] = {}
    hidden = Restriction.objects.in_force().values("person_id")
    pairs = Allocation.objects.current().leading().exclude(child__in=hidden).order_by("pk")
    for worker, child in pairs.values_list("worker_id", "child_id"):
        by_worker.setdefault(worker, []).append(child)
    chosen = chance.sample(sorted(by_worker), k=min(many, len(by_worker)))
    workers = User.objects.in_bulk(chosen)
    return [(workers[pk], by_worker[pk]) for pk in chosen]


def _social_worker(worker: User, children: list[int], chance: random.Random) -> Walker:
    walker = Walker(worker, "social worker", children=children)
    some = chance.sample(children, k=min(SOME, len(children)))
    walker.add("work list", reverse("desk:work"))
    walker.add("visits due", reverse("plans:visits_due"))
    _add_child_pages(walker, some)
    for name, addresses in protection.pages_of(children).items():
        walker.add(name, *addresses)
    parts = AssessmentChild.objects.filter(child__in=some).order_by("-pk")
    assessments = dict.fromkeys(parts.values_list("assessment_id", flat=True)[:SOME])
    walker.add(
        "assessment", *(reverse("assessments:open_assessment", args=[n]) for n in assessments)
    )
    notes = (
        NoteChild.objects.filter(child__in=some).order_by("-pk").values_list("note_id", "child_id")
    )
    walker.add(
        "note", *(f"{reverse('records:read_note', args=[n])}?child={c}" for n, c in notes[:SOME])
    )
    visits = VisitChild.objects.filter(child__in=some).order_by("-pk")
    seen = visits.values_list("visit_id", "child_id")[:SOME]
    walker.add("visit", *(f"{reverse('records:read_visit', args=[n])}?child={c}" for n, c in seen))
    return walker


CHILD_PAGES = {
    "child": "desk:child",
    "family": "desk:family",
    "chronology": "records:chronology",
    "notes": "records:notes",
    "contacts of a child": "front_door:of_child",
    "case history": "casework:case_history",
    "details": "people:person",
    "record a note (form)": "records:record_note",
    "checks of a child": "quality:child",
}


def _add_child_pages(walker: Walker, children: list[int]) -> None:
    for name, page in CHILD_PAGES.items():
        walker.add(name, *(reverse(page, args=[child]) for child in children))


def _manager(worker: User, _chance: random.Random) -> Walker:
    walker = Walker(worker, "manager")
    teams = Team.objects.filter(memberships__staff__user=worker, memberships__manages=True)
    ids = list(teams.order_by("pk").values_list("pk", flat=True).distinct())
    for name, page in (
        ("team work list", "desk:team_work"),
        ("team caseload", "casework:team_caseload"),
        ("team assessments", "assessments:team_assessments"),
    ):
        walker.add(name, *(reverse(page, args=[team]) for team in ids))
    walker.add("work list", reverse("desk:work"))
    walker.add("unallocated", reverse("casework:unallocated"))
    hidden = Restriction.objects.in_force().values("person_id")
    allocated = Allocation.objects.current().leading().filter(team__in=ids).order_by("pk")
    allocated = allocated.exclude(child__in=hidden)
    walker.children = list(dict.fromkeys(allocated.values_list("child_id", flat=True)[:SOME]))
    walker.add("child", *(reverse("desk:child", args=[child]) for child in walker.children))
    return walker


def _screening(worker: User, chance: random.Random) -> Walker:
    walker = Walker(worker, "screening")
    waiting = Task.objects.outstanding().filter(step_key="front_door.screen_contact")
    ids = list(waiting.order_by("-pk").values_list("record_id", flat=True)[:SOME])
    ids += list(Contact.objects.order_by("-pk").values_list("pk", flat=True)[:SOME])
    walker.add("contacts queue", reverse("front_door:queue"))
    walker.add("contact", *(reverse("front_door:contact", args=[pk]) for pk in dict.fromkeys(ids)))
    hidden = Restriction.objects.in_force().values("person_id")
    people = Person.objects.children().exclude(pk__in=hidden).order_by("-pk")
    known = list(people.values_list("pk", flat=True)[:2000])
    walker.children = chance.sample(known, k=min(SOME, len(known)))
    walker.add("child", *(reverse("desk:child", args=[child]) for child in walker.children))
    named = people.filter(pk__in=walker.children).values_list("given_names", "family_name")
    start = reverse("front_door:start_contact")
    walker.add("look for a child", *(f"{start}?{urlencode({'q': f'{g} {f}'})}" for g, f in named))
    return walker


def _chair(worker: User, _chance: random.Random) -> Walker:
    walker = Walker(worker, "chair")
    for name, addresses in protection.pages_of_chair(worker.pk).items():
        walker.add(name, *addresses)
    walker.add("work list", reverse("desk:work"))
    return walker


PARTS = {
    "manager": _manager,
    "screening": _screening,
    "front door manager": _screening,
    "chair": _chair,
}


def _searches(chance: random.Random) -> list[str]:
    """What workers type: a name, a name with a slip in it, a date of birth, a postcode."""
    people = Person.objects.children().exclude(given_names="").order_by("-pk")[:4000]
    some = chance.sample(list(people), k=min(200, len(people)))
    asked = []
    for person in some:
        name = f"{person.given_names} {person.family_name}"
        slipped = f"{person.given_names[:-1]} {person.family_name}"
        born = person.born_on.strftime("%d/%m/%Y") if person.born_on else ""
        asked += [name, name, slipped, f"{name} {born}"]
    return [f"{reverse('desk:search')}?{urlencode({'q': words})}" for words in asked]
