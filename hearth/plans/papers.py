"""A plan on paper: for those who carry it out, for a parent as a letter, and for each child.

Everything in them is what the record says today. Nothing is typed for a paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from hearth.design.components.words import day, moment
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans.models import (
    ActionState,
    Contingency,
    Plan,
    PlanAction,
    PlanChild,
    PlanKind,
)
from hearth.plans.pages.plan import names_of, with_categories
from hearth.plans.paper_parts import (
    by_when,
    if_not_enough,
    lead_worker,
    letter_to,
    to_a_child,
    who_comes,
    you_told_us,
)
from hearth.records.outgoing import (
    NO_LETTER,
    Around,
    Letter,
    Offer,
    Outgoing,
    Reader,
    Section,
    facts,
    paper_for,
    points,
    quote,
    section,
    table,
    words,
)

LETTERS = Path(__file__).parent / "letters"
AGENCIES = Reader(key="agencies", name="those who carry out the plan")
# Why a child has a plan, as it is said to them.
TO_A_CHILD = {
    "NEG": "that you do not always get the care you need",
    "PHY": "that you have been hurt, or could be hurt",
    "SAB": "that you may not be safe with somebody",
    "EMO": "about how people treat you, and how it makes you feel",
    "MUL": "about more than one thing at home",
}
WHY_A_CHILD = {
    PlanKind.PROTECTION: "You have a child protection plan. It is there to keep you safe.",
    PlanKind.CHILD_IN_NEED: "You have a plan so that you and your family get help.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A plan read for its papers, once for all of them."""

    plan: Plan
    children: Sequence[Person]
    around: Around
    parts: Mapping[int, Any]
    needs: Mapping[int, Mapping[str, str]]
    actions: Sequence[PlanAction]
    contingencies: Sequence[Contingency]
    worker: str
    next_meeting: str
    today: date


def offers(plan: Plan, children: Sequence[Any], *, today: date) -> list[Offer]:
    """The papers that may be made of a plan."""
    read = _read(plan, children, today)
    family = [
        Reader(key=f"parent-{one.pk}", name=str(one), person=one, is_family=True)
        for one in read.around.parents
    ]
    own = [Reader.child(child) for child in read.children if not child.is_unborn]
    return [
        _offer(read, AGENCIES, "The plan, for those who carry it out"),
        *(_offer(read, one, f"Letter with the plan, to {one.name}") for one in family),
        *(_offer(read, one, f"{one.name}'s own copy, in plain words", plain=True) for one in own),
    ]


def _offer(read: Facts, reader: Reader, label: str, *, plain: bool = False) -> Offer:
    return Offer(
        key=reader.key,
        label=label,
        reader=reader,
        make=partial(_childs if plain else _whole, read, reader),
        around=read.around,
        is_plain=plain,
    )


def _read(plan: Plan, children: Sequence[Any], today: date) -> Facts:
    coming = plan.meetings.coming().filter(planned_from__isnull=False)
    meeting = coming.order_by("planned_from").first()
    return Facts(
        plan=plan,
        children=children,
        around=Around(plan.about),
        parts={part.child_id: part for part in with_categories(plan.children.all())},
        needs={child.pk: child.said or {} for child in children},
        actions=list(plan.actions.filter(state=ActionState.OPEN)),
        contingencies=list(plan.contingencies.standing()),
        worker=lead_worker(plan.about),
        next_meeting=moment(meeting.planned_from) if meeting is not None else "",
        today=today,
    )


def _whole(read: Facts, reader: Reader, shown: Sequence[Person], with_words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    """The plan itself: a letter when it is for the family."""
    said = _letter("plan.txt", read, reader, shown) if reader.is_family else NO_LETTER
    parts = [each for child in shown for each in _of_child(read, child, with_words=with_words)]
    return paper_for(
        reader,
        title=str(read.plan),
        subject=names_of(shown),
        address=reader.address(read.around),
        on=day(read.today),
        said=said,
        sections=(*parts, *_purpose(read), *_what_is_done(read, shown), *_what_next(read)),
    )


def _letter(name: str, read: Facts, reader: Reader, shown: Sequence[Person]) -> Letter:
    plan, today = str(read.plan).lower(), day(read.today)
    return letter_to(reader, LETTERS / name, shown, worker=read.worker, plan=plan, today=today)


def _of_child(read: Facts, child: Person, *, with_words: bool) -> tuple[Section, ...]:
    part, needs = read.parts.get(child.pk), read.needs[child.pk]
    category = code_set("cp_category").label(code) if (code := _category(part)) else ""
    said = needs.get("views", "") if with_words else ""
    return section(
        str(child),
        facts(
            ("Expected" if child.is_unborn else "Born", day(child.born_on)),
            ("Under this plan since", day(part.started_on) if part else ""),
            ("Until", day(part.ended_on) if part else ""),
            ("Because of", category),
            ("Visited", _visited(part)),
            ("What they need", needs.get("needs", "")),
        ),
        quote(said, str(child)),
        about=[child.pk],
    )


def _category(part: Any) -> str:
    return str(part.stood[-1]["category"]) if part is not None and part.stood else ""


def _visited(part: PlanChild | None) -> str:
    if part is None or part.visit_days is None:
        return ""
    return "every working day" if part.visit_days == 1 else f"every {part.visit_days} working days"


def _purpose(read: Facts) -> tuple[Section, ...]:
    plan = read.plan
    agree = {True: "They agree with the plan.", False: "They do not agree with all of it."}
    return section(
        "What the plan is for",
        facts(
            ("What we are worried about", plan.worries),
            ("What is going well", plan.strengths),
            ("What life should be like", plan.aim),
            ("What the parents say", plan.parents_view),
            ("Whether they agree", agree.get(plan.parents_agree or False, ""))
            if plan.parents_agree is not None
            else ("", ""),
            ("Expected to end", day(plan.planned_end_on)),
        ),
    )


def _what_is_done(read: Facts, shown: Sequence[Person]) -> tuple[Section, ...]:
    """The actions for these children, and what is done if they are not enough."""
    names = {child.pk: str(child) for child in shown}
    actions = [
        (_what(one, names, read), one.owner, by_when(one), one.measure)
        for one in read.actions
        if set(one.about) & set(names)
    ]
    return (
        *section(
            "What is to be done",
            table("To be done", ("What", "Who", "By when", "How we will know"), actions),
        ),
        *if_not_enough("If it is not enough", read.contingencies, shown),
    )


def _what(action: PlanAction, names: Mapping[int, str], read: Facts) -> str:
    whose = [names[pk] for pk in action.about if pk in names]
    said = f"{action.number}. {action.what}"
    return said if len(action.about) == len(read.children) else f"{said}\nFor {', '.join(whose)}"


def _what_next(read: Facts) -> tuple[Section, ...]:
    met = f"The next meeting is on {read.next_meeting}." if read.next_meeting else ""
    return section("What happens next", words(met))


def _childs(read: Facts, reader: Reader, shown: Sequence[Person], _words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    """A child's own copy, in plain words: theirs alone, with nobody else's."""
    (child,) = shown
    part, needs = read.parts.get(child.pk), read.needs[child.pk]
    worried = TO_A_CHILD.get(_category(part))
    why = WHY_A_CHILD[PlanKind(read.plan.kind)]
    mine = [one for one in read.actions if child.pk in one.about]
    return paper_for(
        reader,
        title="Your plan",
        subject=child.first_name,
        marking="This is yours",
        on=day(read.today),
        said=_letter("child-plan.txt", read, reader, shown),
        sections=(
            *section(
                "Why you have a plan",
                words(f"{why} We are worried {worried}." if worried else why),
            ),
            *you_told_us(needs.get("views", "")),
            *section("What life should be like", words(read.plan.aim)),
            *section("What people will do", points(*map(to_a_child, mine))),
            *who_comes(read.worker),
            *section(
                "When we meet next",
                words(
                    f"We meet on {read.next_meeting}. You can come, or tell us what to say."
                    if read.next_meeting
                    else ""
                ),
            ),
        ),
    )
