"""The children with a child protection plan on any day, and how each plan stood on that day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery

from hearth.accounts.models import User
from hearth.accounts.roles import RECORD_READERS
from hearth.casework.models import Allocation
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import LocalRules, due, timescale_of
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words, months_between
from hearth.plans.duties import duty_of
from hearth.plans.models import MeetingKind, PlanCategory, PlanChild, PlanKind
from hearth.plans.sights import sights_of
from hearth.plans.standing import held_of, next_due
from hearth.protection import timescales
from hearth.protection.forms.register import RegisterForm

A_PAGE, TO_PRINT = 50, 1000
HEAD = (
    "Child",
    "Category",
    "Started",
    "Months",
    "Last seen",
    "To be seen by",
    "Review by",
    "Worker",
    "Team",
)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One child's plan as it stood on the day."""

    part: PlanChild
    name: str
    category: str
    months: int
    seen_on: date | None
    visit_by: date | None
    review_by: date | None
    lead: Allocation | None
    day: date

    @property
    def visit_is_late(self) -> bool:
        """Whether the child was to be seen before the day, and was not."""
        return self.visit_by is not None and self.day > self.visit_by

    @property
    def review_is_late(self) -> bool:
        """Whether the plan was to be reviewed before the day, and was not."""
        return self.review_by is not None and self.day > self.review_by


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The list on a day: how many of each category, and a page of the children."""

    filters: RegisterForm
    day: date
    page: Page[Any]
    lines: Sequence[RegisterLine]
    categories: Sequence[tuple[str, int]]
    # Whether whoever reads it opens children's records; an analyst is given numbers, not names.
    opens: bool
    query: str


def register_page(worker: User, query: Any, *, today: date) -> RegisterPage:
    """The children with a plan on the day asked for, today's if none is, as narrowed."""
    filters = RegisterForm(query)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    day = chosen.get("day") or today
    found = on_register(day, chosen)
    many = TO_PRINT if query.get("all") else A_PAGE
    page = Paginator(found.order_by("child__family_name", "child__given_names", "pk"), many)
    shown = page.get_page(query.get("page"))
    opens = worker.has_role(*RECORD_READERS)
    given = query.copy()
    for name in ("all", "as", "page"):
        given.pop(name, None)
    return RegisterPage(
        filters,
        day,
        shown,
        _lines(list(shown.object_list), day, opens=opens),
        _by_category(found),
        opens,
        given.urlencode(),
    )


def on_register(day: date, chosen: Mapping[str, Any]) -> QuerySet[PlanChild]:
    """The plans standing on a day, with the category each stood under then."""
    latest = PlanCategory.objects.filter(part=OuterRef("pk"), since__lte=day)
    found = (
        PlanChild.objects.on(day)
        .of_kind(PlanKind.PROTECTION)
        .annotate(
            then=Subquery(
                latest.order_by("-since", "-pk").values("category")[:1], output_field=CharField()
            )
        )
    )
    if chosen.get("category"):
        found = found.filter(then=chosen["category"])
    if chosen.get("team"):
        held = Allocation.objects.on(day).leading().filter(team=chosen["team"])
        found = found.filter(child__in=held.values("child"))
    return found.select_related("child", "plan")


def _by_category(found: Any) -> list[tuple[str, int]]:
    rows = found.order_by().values_list("then").annotate(many=Count("pk")).order_by("then")
    return [(_category(code), many) for code, many in rows]


def _category(code: str | None) -> str:
    return code_set("cp_category").label(code) if code else "Not recorded"


def _lines(parts: Sequence[Any], day: date, *, opens: bool) -> list[RegisterLine]:
    children = [part.child_id for part in parts]
    sights, local = sights_of(parts), local_rules()
    reviews = held_of(children, [MeetingKind.REVIEW_CONFERENCE])
    leads = Allocation.objects.on(day).leading().filter(child__in=children)
    lead_of = {one.child_id: one for one in leads.select_related("worker", "team")}
    lines = []
    for part in parts:
        seen = [s.happened_on for s in sights[part.pk] if s.happened_on and s.happened_on <= day]
        seen_on = max(seen, default=None)
        held = [(on, pk) for on, pk in reviews.get(part.child_id, ()) if on <= day]
        limits = (timescales.FIRST_REVIEW, timescales.REVIEW)
        lines.append(
            RegisterLine(
                part,
                str(part.child) if opens else f"Child {part.child.la_child_id}",
                _category(part.then),
                months_between(part.started_on, day),
                seen_on,
                _visit_by(part, seen_on, local),
                next_due(part, held, limits, local)[1],
                lead_of.get(part.child_id),
                day,
            )
        )
    return lines


def _visit_by(part: PlanChild, seen_on: date | None, local: LocalRules) -> date | None:
    duty = duty_of(part.kind)
    if duty is None:
        return None
    limit = due(timescale_of(duty.timescale_for(part)), seen_on or part.started_on, local)
    return limit.on if limit else None


def register_rows(worker: User, query: Any, *, today: date) -> Iterator[Sequence[str]]:
    """The same list as rows, the whole of it."""
    yield HEAD
    number, last = 1, 1
    while number <= last:
        asked = query.copy()
        asked["all"], asked["page"] = "yes", str(number)
        page = register_page(worker, asked, today=today)
        last = page.page.paginator.num_pages
        yield from map(_row, page.lines)
        number += 1


def _row(line: RegisterLine) -> Sequence[str]:
    def say(day: date | None) -> str:
        return in_words(day) if day else ""

    return (
        line.name,
        line.category,
        say(line.part.started_on),
        str(line.months),
        say(line.seen_on),
        say(line.visit_by),
        say(line.review_by),
        str(line.lead.worker) if line.lead else "",
        str(line.lead.team) if line.lead else "",
    )
