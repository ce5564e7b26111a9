"""What must hold before something is written, asked by every action here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.actions import take_task
from hearth.casework.models import Task
from hearth.casework.process import Step
from hearth.front_door.models import Contact, ThresholdDocument
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_line, tidy_text, too_long

LONGEST = 50_000


def words(text: str, what: str, *, needed: str = "", longest: int = LONGEST) -> str:
    """Paragraphs made safe to keep; refused, never cut, when too long or missing."""
    tidy = tidy_text(text)
    if needed and not tidy:
        raise CannotDo(needed)
    if why := too_long(tidy, longest, what):
        raise CannotDo(why)
    return tidy


def line(text: str, what: str, *, longest: int = 200) -> str:
    """One line made safe to keep; refused when too long."""
    tidy = tidy_line(text)
    if why := too_long(tidy, longest, what):
        raise CannotDo(why)
    return tidy


def lines(given: Mapping[str, str], limits: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Several one-line answers, each tidied and held to its own limit."""
    return {
        name: line(given.get(name, ""), what, longest=longest)
        for name, (what, longest) in limits.items()
    }


def code(set_key: str, value: str, *, on: date, needed: str = "") -> str:
    """A code that held on a day, or nothing where none is needed."""
    if not value and not needed:
        return ""
    if not value:
        raise CannotDo(needed)
    if why := code_set(set_key).why_not_valid(value, on):
        raise CannotDo(why)
    return value


def codes(set_key: str, values: Iterable[str], *, on: date) -> list[str]:
    """Codes that held on a day, each once, in the order of their set."""
    chosen = {code(set_key, value, on=on) for value in values} - {""}
    return [entry.code for entry in code_set(set_key) if entry.code in chosen]


def one_of(choices: Any, value: str, *, needed: str = "") -> str:
    """One of our own choices, or nothing where none is needed."""
    if not value and not needed:
        return ""
    if value not in choices.values:
        raise CannotDo(needed or "Choose one of the answers offered")
    return value


def past(moment: datetime, what: str) -> datetime:
    """A moment that has come."""
    if moment > timezone.now():
        raise CannotDo(f"{what} cannot be in the future")
    return moment


def day_of(moment: datetime) -> date:
    """The day of a moment, in England."""
    return timezone.localtime(moment).date()


def locked(contact: Contact) -> Contact:
    """The contact as it is now, held until this transaction ends; never a withdrawn one."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.withdrawn_at is not None:
        raise CannotDo("This contact was withdrawn as recorded in error")
    return contact


def waiting(step: Step, record_id: int) -> Task | None:
    """The task of this step that waits for this record, locked; None if none does."""
    task = Task.objects.outstanding().of_step(step).filter(record_id=record_id).first()
    return take_task(task) if task is not None else None


def edition_on(day: date) -> ThresholdDocument:
    """The threshold document in force on a day."""
    document = ThresholdDocument.objects.on(day).first()
    if document is None:
        raise CannotDo(
            f"No threshold document was in force on {in_words(day)}. "
            "A service manager must publish one first"
        )
    return document


def still_undecided(contact: Contact) -> None:
    """Refuse what can only be done before the decision, saying who decided."""
    decision = contact.decisions.order_by("-pk").select_related("decided_by").first()
    if decision is not None:
        raise CannotDo(
            f"{decision.decided_by} decided this contact on "
            f"{in_words(day_of(decision.decided_at))}: {decision.get_outcome_display()}"
        )


def allowed(policy: Any, worker: User, subject: Any) -> None:
    """The policy, asked again at the moment of writing: a right may have gone meanwhile."""
    policy.require(worker, subject)
