"""The live queue of the front door: every contact not yet decided, its age, its risk, its owner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.casework.process import Step
from hearth.front_door import policies, process
from hearth.front_door.models import Contact, ReportedChild
from hearth.lib.dates import is_working_day, lateness
from hearth.people.models import Person

# The service's day; out of hours the queue is the next morning's.
CLOSES = time(17)
HOUR = 3600
DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the queue, as a list shows it."""

    contact: Contact
    names: str
    source: str
    state: str
    owner: str
    has_owner: bool
    age: str
    left: str
    colour: str
    href: str
    verb: str


STATES = {
    "match": "Children to be matched",
    "screen": "To be screened",
    "decide": "To be decided",
}


def waiting_contacts() -> QuerySet[Contact]:
    """Every contact not yet decided: signs of harm first, then the longest waiting."""
    unmatched = ReportedChild.objects.filter(contact=OuterRef("pk"), child=None)
    return (
        Contact.objects.undecided()
        .annotate(to_match=Exists(unmatched))
        .select_related("team")
        .order_by("-significant_harm", "received_at", "pk")
    )


def narrowed(
    contacts: QuerySet[Contact], answers: Mapping[str, str], worker: User
) -> QuerySet[Contact]:
    """The queue as its filters ask: by state, by risk, by whose it is."""
    unmatched = Q(pk__in=ReportedChild.objects.filter(child=None).values("contact"))
    undecided = _tasks().filter(step_key=process.DECIDE_CONTACT.key, worker=None)
    asked = {
        ("state", "match"): unmatched,
        ("state", "screen"): Q(screened_at=None) & ~unmatched,
        ("state", "decide"): Q(screened_at__isnull=False),
        ("risk", "harm"): Q(significant_harm=True),
        ("risk", "domestic_abuse"): Q(domestic_abuse=True),
        ("risk", "out_of_hours"): Q(out_of_hours=True),
        ("whose", "mine"): Q(pk__in=_tasks().filter(worker=worker).values("record_id")),
        ("whose", "nobody"): Q(pk__in=undecided.values("record_id")),
    }
    for answer in answers.items():
        contacts = contacts.filter(asked.get(answer, Q()))
    return contacts


def _tasks() -> QuerySet[Task]:
    steps = [process.SCREEN_CONTACT, process.CONSIDER_HARM, process.DECIDE_CONTACT]
    return Task.objects.outstanding().filter(step_key__in=[step.key for step in steps])


def rows_of(contacts: Sequence[Contact], worker: User, *, now: datetime) -> list[Row]:
    """These contacts as rows. Three queries, however many there are."""
    ids = [contact.pk for contact in contacts]
    tasks: dict[int, list[Task]] = {}
    for task in _tasks().filter(record_id__in=ids).select_related("worker", "team"):
        tasks.setdefault(task.record_id or 0, []).append(task)
    about = {pk for contact in contacts for pk in contact.about}
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=about)}
    told: dict[int, list[str]] = {}
    for reported in ReportedChild.objects.filter(contact__in=ids, child=None):
        told.setdefault(reported.contact_id, []).append(str(reported))
    return [
        _row(
            contact,
            [*(names[pk] for pk in contact.about if pk in names), *told.get(contact.pk, [])],
            tasks.get(contact.pk, []),
            worker,
            now,
        )
        for contact in contacts
    ]


def _row(
    contact: Contact, names: Iterable[str], tasks: Sequence[Task], worker: User, now: datetime
) -> Row:
    state = state_of(contact)
    main = next((t for t in tasks if t.step_key != process.CONSIDER_HARM.key), None)
    harm = next((t for t in tasks if t.step_key == process.CONSIDER_HARM.key), None)
    due = min((t.due_on for t in tasks if t.due_on), default=None)
    today = timezone.localtime(now).date()
    owner = main.worker if main else None
    nobody = "No decision-maker" if state == "decide" else str(contact.team)
    href, verb = next_step(contact, state, harm, worker)
    return Row(
        contact=contact,
        names=", ".join(names),
        source=contact.from_whom,
        state=STATES[state],
        owner=str(owner) if owner else nobody,
        has_owner=owner is not None or state != "decide",
        age=age_in_words(contact.received_at, now),
        left=time_left(due, now) if due else "No date",
        colour=colour_of(due, today),
        href=href,
        verb=verb,
    )


def due_on(step: Step, record_id: int) -> date | None:
    """When a step that waits for a record is due; None when none waits."""
    waiting = Task.objects.outstanding().of_step(step).filter(record_id=record_id)
    return waiting.values_list("due_on", flat=True).first()


def state_of(contact: Contact) -> str:
    """Where a contact stands on its way to a decision."""
    if contact.screened_at is not None:
        return "decide"
    return "match" if getattr(contact, "to_match", False) else "screen"


def next_step(contact: Contact, state: str, harm: Task | None, worker: User) -> tuple[str, str]:
    """The page that takes a contact further, for a worker who may; else the contact itself."""
    steps = [
        (state == "decide", policies.decide_contact, "front_door:decide_contact", "Decide"),
        (harm is not None, policies.consider_harm, "front_door:consider_harm", "Consider now"),
        (state == "match", policies.match_child, "front_door:match_children", "Match children"),
        (state == "screen", policies.screen_contact, "front_door:screen_contact", "Screen"),
    ]
    for is_next, policy, name, verb in steps:
        if is_next and worker.has_role(*policy.roles):
            return reverse(name, args=[contact.pk]), verb
    return reverse("front_door:contact", args=[contact.pk]), "Read"


def age_in_words(received_at: datetime, now: datetime) -> str:
    """How long ago a contact was received."""
    hours = int((now - received_at).total_seconds() // HOUR)
    if hours < 1:
        return "less than an hour ago"
    if hours < 2 * DAY_HOURS:
        return f"{hours} hour{'' if hours == 1 else 's'} ago"
    return f"{hours // DAY_HOURS} days ago"


def time_left(due_on: date, now: datetime) -> str:
    """How long is left to decide, in hours while it is near; or how late it is."""
    local = timezone.localtime(now)
    if due_on == local.date():
        left = datetime.combine(due_on, CLOSES, tzinfo=local.tzinfo) - local
        return "Due today" if left < timedelta(0) else f"Due today, {_hours(left)} left"
    if due_on == local.date() + timedelta(1) and is_working_day(due_on):
        left = datetime.combine(due_on, CLOSES, tzinfo=local.tzinfo) - local
        return f"Due tomorrow, {_hours(left)} left"
    return lateness(due_on, local.date())


def _hours(left: timedelta) -> str:
    hours = int(left.total_seconds() // HOUR)
    if hours < 1:
        return "less than an hour"
    return f"{hours} hour{'' if hours == 1 else 's'}"


def colour_of(due_on: date | None, today: date) -> str:
    """The colour of a due date, which means the same everywhere."""
    if due_on is None:
        return "grey"
    if due_on < today:
        return "red"
    return "orange" if due_on == today else "yellow"


@dataclass(frozen=True, slots=True)
class NightRow:
    """One contact taken out of hours and not yet acknowledged."""

    contact: Contact
    names: str
    age: str
    left: str
    colour: str
    refusals: list[str]


def unacknowledged() -> QuerySet[Contact]:
    """What was taken out of hours and waits for the day service, the longest first."""
    return (
        Contact.objects.unacknowledged().select_related("recorded_by").order_by("received_at", "pk")
    )


def night_rows(contacts: Sequence[Contact], worker: User, *, now: datetime) -> list[NightRow]:
    """These contacts as rows. Two queries, however many there are."""
    step = process.ACKNOWLEDGE_OUT_OF_HOURS
    ids = [contact.pk for contact in contacts]
    tasks = Task.objects.outstanding().of_step(step).filter(record_id__in=ids)
    due = dict(tasks.values_list("record_id", "due_on"))
    about = {pk for contact in contacts for pk in contact.about}
    names = {person.pk: person.name for person in Person.objects.filter(pk__in=about)}
    today = timezone.localtime(now).date()
    return [
        NightRow(
            contact,
            ", ".join(names[pk] for pk in contact.about if pk in names) or contact.family,
            age_in_words(contact.received_at, now),
            time_left(day, now) if (day := due.get(contact.pk)) else "No date",
            colour_of(day, today),
            policies.acknowledge_out_of_hours.refusals(worker, contact),
        )
        for contact in contacts
    ]
