"""What the papers of a plan, of a conference and of other meetings share."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from django.conf import settings

from hearth.casework.models import Allocation
from hearth.design.components.words import day
from hearth.people.models import Person
from hearth.plans.models import Contingency, PlanAction
from hearth.plans.pages.plan import names_of
from hearth.records.outgoing import Letter, Reader, Section, letter, quote, section, table, words

NOT_LED = "your social worker"


def lead_worker(about: Collection[int]) -> str:
    """The children's social worker, as a letter names them."""
    led = Allocation.objects.current().leading().filter(child__in=about)
    lead = led.select_related("worker").order_by("pk").first()
    return str(lead.worker) if lead is not None else NOT_LED


def letter_to(
    reader: Reader, source: Path, shown: Sequence[Person], *, worker: str, **more: str
) -> Letter:
    """A letter's own words, with what every letter about children may name."""
    said = {
        "reader": reader.name,
        "child": shown[0].first_name,
        "children": names_of(shown),
        "worker": worker,
        "authority": settings.AUTHORITY_NAME,
    }
    return letter(source, said | more)


def if_not_enough(
    title: str, contingencies: Iterable[Contingency], shown: Iterable[Person]
) -> tuple[Section, ...]:
    """What is done for these children if the plan is not enough."""
    ids = {child.pk for child in shown}
    rows = [
        (one.trigger, one.action, one.owner, one.within)
        for one in contingencies
        if ids & set(one.about)
    ]
    return section(
        title, table("If the plan is not enough", ("If", "Then", "Who", "How soon"), rows)
    )


def by_when(action: PlanAction) -> str:
    """The day an action is to be done by, or how often."""
    return day(action.due_on) or action.frequency


def to_a_child(action: PlanAction) -> str:
    """What an action of a plan asks for, as it is said to a child."""
    when = f"By {day(action.due_on)}." if action.due_on else f"{action.frequency}."
    return f"{action.what.rstrip('.')}. {action.owner} will do this. {when}"


def quorate_label(reader: Reader) -> str:
    """Whether enough took part, as it is asked of this reader."""
    return "Enough people came" if reader.is_family else "Quorate"


def you_told_us(views: str) -> tuple[Section, ...]:
    """A child's own words, in their own copy."""
    return section("What you told us", quote(views, "You"))


def who_comes(worker: str) -> tuple[Section, ...]:
    """Who comes to see a child, in their own copy."""
    return section(
        "Who comes to see you", words(f"{worker[:1].upper()}{worker[1:]} comes to see you.")
    )
