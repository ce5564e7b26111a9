"""What a decision will do, in words, before it is confirmed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from hearth.casework.models.local import local_rules
from hearth.casework.process import STEPS
from hearth.casework.rules import assessment_step_on
from hearth.casework.timescales import TIMESCALES, due
from hearth.front_door.actions.checks import day_of
from hearth.front_door.models import Contact, ContactOutcome, ReferralOutcome, ReferrerKind
from hearth.front_door.models.decisions import OPENS_A_REFERRAL
from hearth.front_door.models.referrals import KEEPS_THE_EPISODE
from hearth.lib.dates import in_words
from hearth.people.models import Person

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SAID = {
    ContactOutcome.ALLOCATED: "{names}: puts this on the list of their allocated worker",
    ContactOutcome.EARLY_HELP: "{names}: hands over to early help, to be taken up by {due}",
    ContactOutcome.SIGNPOSTING: "{names}: opens nothing; the referrer is told of the other service",
    ContactOutcome.INFORMATION: "{names}: opens nothing; the advice is recorded",
    ContactOutcome.OTHER_AUTHORITY: "{names}: opens nothing here; the other authority has it",
    ContactOutcome.NO_ACTION: "{names}: opens nothing, and the contact is closed",
}


def of_contact(
    contact: Contact,
    outcomes: Sequence[tuple[Person, str]],
    answers: Mapping[str, Any],
    *,
    open_cases: frozenset[int],
    at: datetime,
) -> list[str]:
    """Each thing that follows from deciding a contact in this way."""
    grouped = _grouped(outcomes)
    accepted = [
        child
        for child, outcome in outcomes
        if outcome in OPENS_A_REFERRAL and child.pk not in open_cases
    ]
    said = []
    if accepted:
        referred_on = answers.get("referred_on") or contact.received_on
        all_strategy = not grouped.get(ContactOutcome.REFERRAL)
        said += _of_referral(
            accepted,
            referred_on,
            answers,
            at,
            decided_now=answers.get("team") is not None or all_strategy,
        )
    if strategy := grouped.get(ContactOutcome.STRATEGY):
        when = _due_on("protection.strategy_discussion", day_of(at))
        said.append(f"{_names(strategy)}: a strategy discussion is due by {when}")
    for outcome, children in grouped.items():
        if outcome in SAID:
            when = _due_on("family_help.early_help", day_of(at))
            said.append(SAID[outcome].format(names=_names(children), due=when))  # type: ignore[index]
    said.append(_of_feedback(contact, answers, at))
    return said


def _of_referral(
    children: Sequence[Person],
    referred_on: date,
    answers: Mapping[str, Any],
    at: datetime,
    *,
    decided_now: bool,
) -> list[str]:
    number = _number(len(children))
    plural = "" if len(children) == 1 else "s"
    opened = f"opens {number} referral{plural} dated {in_words(referred_on)}"
    said = [f"{_names(children)}: {opened}, each with an episode"]
    if not decided_now:
        when = _due_on("front_door.decide_referral", referred_on)
        said.append(f"Puts the referral on your list to decide by {when}")
        return said
    return said + _of_giving(referred_on, answers, at)


def _of_giving(referred_on: date, answers: Mapping[str, Any], at: datetime) -> list[str]:
    team, worker = answers.get("team"), answers.get("worker")
    key = assessment_step_on(referred_on, local_rules())
    when = _due_on(key, referred_on)
    said = [f"Opens {_a(STEPS[key].name.lower())} due by {when}"]
    if worker is not None:
        said.append(f"Gives the case to {worker}, {team}, who finds it on their list at once")
    else:
        by = _due_on("casework.allocate", day_of(at))
        said.append(f"Asks the manager of {team or 'your team'} to allocate it by {by}")
    return said


def _of_feedback(contact: Contact, answers: Mapping[str, Any], at: datetime) -> str:
    if contact.referrer_kind == ReferrerKind.ANONYMOUS:
        return "Nobody is written to, because the referrer did not say who they are"
    if answers.get("feedback_withheld_reason"):
        return f"Does not tell {contact.referrer_name or 'the referrer'}, for the reason you give"
    when = _due_on("front_door.feedback", day_of(at))
    return f"Drafts a letter to {contact.referrer_name or 'the referrer'}, to be sent by {when}"


def of_referral(
    referred_on: date,
    outcomes: Sequence[tuple[Person, str]],
    answers: Mapping[str, Any],
    *,
    at: datetime,
) -> list[str]:
    """Each thing that follows from deciding a referral in this way."""
    grouped = _grouped(outcomes)
    kept = [c for o, children in grouped.items() if o in KEEPS_THE_EPISODE for c in children]
    said = []
    for outcome, children in grouped.items():
        if outcome not in KEEPS_THE_EPISODE:
            said.append(
                f"{_names(children)}: closes the episode on the day of the referral, "
                f"{in_words(referred_on)}, with no further action by social care"
            )
        if outcome == ReferralOutcome.EARLY_HELP:
            when = _due_on("family_help.early_help", day_of(at))
            said.append(f"{_names(children)}: hands over to early help by {when}")
        if outcome == ReferralOutcome.STRATEGY:
            when = _due_on("protection.strategy_discussion", day_of(at))
            said.append(f"{_names(children)}: a strategy discussion is due by {when}")
    if kept:
        said += _of_giving(referred_on, answers, at)
    return said


def _grouped(outcomes: Sequence[tuple[Person, str]]) -> dict[str, list[Person]]:
    grouped: dict[str, list[Person]] = {}
    for child, outcome in outcomes:
        grouped.setdefault(outcome, []).append(child)
    return grouped


def _due_on(key: str, trigger: date) -> str:
    step = STEPS[key]
    when = due(TIMESCALES[step.due], trigger, local_rules()) if step.due else None
    return in_words(when.on) if when else "a day to be agreed"


def _names(children: Sequence[Person]) -> str:
    names = [child.name for child in children]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _a(words: str) -> str:
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
