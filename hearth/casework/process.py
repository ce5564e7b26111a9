"""The words a process is declared in: steps, who does them, by when, and what they lead to.

A declaration says nothing about what a step records. That is a model and a form in the room that
owns the step. Keys are permanent: they are stored with the child's history. A step no longer used
stays declared, marked `retired`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hearth.accounts.roles import Role
from hearth.casework.timescales import (
    TIMESCALES,
    Due,
    LocalRules,
    Timescale,
    amount_in_words,
    due,
    timescale_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to be done for a child or a family, and what doing it leads to."""

    key: str
    name: str
    done_by: Sequence[Role]
    authority: str
    # The timescale that says by when, by its key.
    due: str | None = None
    # Other timescales, by what the children are to the service: the strictest that holds is used.
    due_while: Mapping[str, str] = field(default_factory=dict)
    signed_off_by: Sequence[Role] = ()
    # Only a social worker registered on the day may complete it.
    qualified: bool = False
    # What each outcome opens: outcome code to step keys.
    leads_to: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outcome_names: Mapping[str, str] = field(default_factory=dict)
    # Done again and again, each from the last, while one of these involvements stands.
    repeats_while: Sequence[str] = ()
    # The name of the page where it is done, given the task's record; or given the task itself, for
    # a step whose record is only made there.
    page: str | None = None
    page_by_task: bool = False
    # Waiting for it does not keep an episode open: closing the episode takes it off the list.
    ends_with_episode: bool = False
    # Who takes it off the list by hand, where not every manager does; and why nobody does, where it
    # comes off only by what is done on its own page.
    taken_off_by: Sequence[Role] = ()
    stays_because: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A run of steps under one duty, in the order they are usually done."""

    name: str
    steps: Sequence[Step]


PROCESSES: list[Process] = []
STEPS: dict[str, Step] = {}


def register(process: Process) -> Process:
    """Make a declared process known. Each room's `process.py` is read at start-up."""
    for step in process.steps:
        if step.key in STEPS:
            raise ValueError(f"{step.key} is declared twice")
        STEPS[step.key] = step
    PROCESSES.append(process)
    return process


def earliest_due(
    step: Step,
    trigger: date | datetime,
    local: LocalRules,
    *,
    kinds: Collection[str] = (),
    timescale: str = "",
) -> Due | None:
    """When a step falls due, for children who are these kinds of thing to the service.

    `timescale` is one chosen when the step was opened, in place of the step's own.
    """
    keys = [timescale or step.due, *(key for kind, key in step.due_while.items() if kind in kinds)]
    found = [due(timescale_of(key), trigger, local) for key in keys if key]
    return min((each for each in found if each), key=lambda d: (d.on, d.at is None), default=None)


def loose_ends() -> list[str]:
    """What the declarations name and nobody declares: none, or Hearth does not start."""
    ends = []
    for step in STEPS.values():
        ends += [
            f"{step.key} names the timescale {key}, which nothing declares"
            for key in (step.due, *step.due_while.values())
            if key and key not in TIMESCALES
        ]
        ends += [
            f"{step.key} leads to {key}, which no process declares"
            for keys in step.leads_to.values()
            for key in keys
            if key not in STEPS
        ]
    return ends


def describe(process: Process) -> str:
    """The process in plain English, for the documentation and the help page."""
    lines = [f"## {process.name}", ""]
    for step in process.steps:
        lines += [f"### {step.name}", "", *(f"- {fact}" for fact in facts_of(step)), ""]
    return "\n".join(lines)


def describe_timescale(timescale: Timescale) -> str:
    """A time limit, through all its editions, in one line for each."""
    words = [
        f"{amount_in_words(limit.amount, limit.unit)} ({limit.authority})"
        for limit in timescale.limits
    ]
    choice = {
        "no": "fixed",
        "stricter only": "an authority may set a shorter one",
        "yes": "an authority may set its own",
    }[timescale.configurable]
    return f"{'; '.join(words)} after {timescale.trigger.rstrip(',')}; {choice}"


def facts_of(step: Step) -> list[str]:
    """All there is to know of a step, in plain English: who, by when, and what follows."""
    facts = ["Done by: " + ", ".join(role.label.lower() for role in step.done_by)]
    if step.qualified:
        facts.append("Completed only by a social worker registered on the day")
    facts.append(f"Due: {describe_timescale(TIMESCALES[step.due])}" if step.due else "Due: no date")
    facts += [
        f"Due instead while {kind.replace('_', ' ')}: {describe_timescale(TIMESCALES[key])}"
        for kind, key in step.due_while.items()
    ]
    if step.signed_off_by:
        roles = ", ".join(role.label.lower() for role in step.signed_off_by)
        facts.append(f"Signed off by: {roles}, never by anyone who did the work")
    if step.repeats_while:
        facts.append("Done again, counted from the last, while: " + ", ".join(step.repeats_while))
    for outcome, opens in step.leads_to.items():
        names = ", ".join(STEPS[key].name.lower() for key in opens) or "nothing further"
        facts.append(f"{step.outcome_names.get(outcome, outcome)}: {names}")
    facts.append(f"Authority: {step.authority}")
    if step.ends_with_episode:
        facts.append("Falls away when the episode closes")
    if step.retired:
        facts.append("No longer used")
    return facts
