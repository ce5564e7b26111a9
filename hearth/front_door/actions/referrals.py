"""Opening a referral, deciding it, and giving it to a worker in the same step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import (
    allocate_family,
    complete,
    end_at_referral,
    open_episode,
    open_next,
    open_step,
    restate_need,
    start_involvement,
)
from hearth.casework.models import Episode, InvolvementKind, Task
from hearth.casework.models.local import local_rules
from hearth.casework.rules import assessment_step_on
from hearth.front_door import policies, process, rules
from hearth.front_door.actions import checks, story
from hearth.front_door.models import (
    ContactDecision,
    ContactOutcome,
    Priority,
    Referral,
    ReferralChild,
    ReferralOutcome,
)
from hearth.front_door.models.referrals import KEEPS_THE_EPISODE
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Team

ASSESS, STRATEGY = ReferralOutcome.ASSESS, ReferralOutcome.STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a referral is taken: need, direction, how soon, and who has it."""

    outcome: str = ""
    threshold_level: str = ""
    rationale: str = ""
    referred_on: date | None = None
    primary_need: str = ""
    direction: str = ""
    priority: str = ""
    family_told: bool | None = None
    family_not_told_reason: str = ""
    team: Team | None = None
    worker: User | None = None
    over_limit_reason: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeForOne:
    """What a referral leads to for one child, where it is not as for the others."""

    outcome: str = ""
    primary_need: str = ""
    note: str = ""


def terms_from(given: Mapping[str, Any]) -> Terms:
    """The terms among an action's keywords."""
    return Terms(**{name: given[name] for name in Terms.__dataclass_fields__ if name in given})


def accept_referral(
    decision: ContactDecision,
    children: Mapping[str, Sequence[Person]],
    *,
    task: Task,
    terms: Terms,
    at: datetime,
    by: User,
) -> Referral:
    """Open a family's referral from a contact: `children` are those of each accepted outcome.

    Named a team, it is decided at once, as it is when every child needs a strategy discussion.
    Otherwise it waits for a manager, until the next working day at the latest.
    """
    everyone = sorted((c for group in children.values() for c in group), key=lambda c: c.pk)
    referral = _open(decision, everyone, terms, at, by)
    [waiting] = open_next(
        task,
        trigger=referral.received_on,
        outcome=ContactOutcome.REFERRAL,
        children=everyone,
        record_id=referral.pk,
        worker=by if terms.team is None else None,
        team=terms.team or decision.contact.team,
        by=by,
    )
    strategy = {child.pk for child in children.get(ContactOutcome.STRATEGY, ())}
    if terms.team is not None or len(strategy) == len(everyone):
        own = {
            child.pk: OutcomeForOne(outcome=STRATEGY if child.pk in strategy else ASSESS)
            for child in everyone
        }
        agreed = replace(
            terms,
            outcome=STRATEGY if len(strategy) == len(everyone) else ASSESS,
            threshold_level=decision.threshold_level,
            rationale=decision.rationale,
        )
        _decide(referral, waiting, agreed, own, at, by, opens_strategy=False)
    return referral


def _open(
    decision: ContactDecision, children: Sequence[Person], terms: Terms, at: datetime, by: User
) -> Referral:
    contact, today = decision.contact, checks.day_of(at)
    referred_on = terms.referred_on or contact.received_on
    if not contact.received_on <= referred_on <= today:
        raise CannotDo(
            "The date of the referral must be between the day the contact was received, "
            f"{in_words(contact.received_on)}, and the day it is decided"
        )
    referral = Referral.objects.create(
        contact=contact,
        about=sorted(child.pk for child in children),
        received_on=referred_on,
        source=contact.source,
        reason=contact.reason,
        team=terms.team,
        recorded_by=by,
    )
    trail.record("Opened a referral", referral, by=by)
    need = checks.code("primary_need", terms.primary_need, on=referred_on)
    need = need or rules.likely_need(contact.concerns)
    parts = [_open_part(referral, child, need, by) for child in children]
    story.tell_of_referral(referral, parts, by=by)
    return referral


def _open_part(referral: Referral, child: Person, need: str, by: User) -> ReferralChild:
    before = Episode.objects.filter(child=child).order_by("-started_on", "-pk").first()
    episode = open_episode(
        child=child,
        started_on=referral.received_on,
        referral_source=referral.source,
        primary_need=need,
        by=by,
    )
    is_again = before is not None and rules.is_re_referral(before.started_on, referral.received_on)
    return ReferralChild.objects.create(
        referral=referral,
        child=child,
        episode=episode,
        previous=before if is_again else None,
        primary_need=need,
    )


@transaction.atomic
def decide_referral(
    *,
    referral: Referral,
    outcome: str,
    threshold_level: str,
    rationale: str,
    primary_need: str = "",
    direction: str = "",
    priority: str = "",
    exceptions: Mapping[int, OutcomeForOne] | None = None,
    family_told: bool | None = None,
    family_not_told_reason: str = "",
    team: Team | None = None,
    worker: User | None = None,
    over_limit_reason: str = "",
    late_reason: str = "",
    at: datetime,
    by: User,
) -> Referral:
    """Decide what a referral leads to for each child, and give it to a team or worker at once.

    To assess opens the assessment that the framework in force on the day of the referral calls
    for. What is not kept closes each child's episode on the day of the referral.
    """
    terms = terms_from(dict(locals()))
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    checks.allowed(policies.decide_referral, by, referral)
    task = checks.waiting(process.DECIDE_REFERRAL, referral.pk)
    if referral.decided_at is not None or task is None:
        raise CannotDo(f"{referral.decided_by} has already decided this referral")
    _decide(referral, task, terms, exceptions or {}, at, by)
    return referral


def _decide(
    referral: Referral,
    task: Task,
    terms: Terms,
    own: Mapping[int, OutcomeForOne],
    at: datetime,
    by: User,
    *,
    opens_strategy: bool = True,
) -> None:
    day = checks.day_of(checks.past(at, "The time of the decision"))
    _check_people(terms, day)
    _write(referral, terms, at, by)
    parts = _write_parts(referral, terms, own, by)
    complete(
        task,
        outcome=referral.outcome,
        on=day,
        by=by,
        late_reason=terms.late_reason,
        opens_next=False,
    )
    trail.record("Decided a referral", referral, by=by)
    story.tell_of_referral_decision(referral, parts, by=by)
    grouped: dict[str, list[ReferralChild]] = {}
    for part in parts:
        grouped.setdefault(part.outcome, []).append(part)
    kept = [part for part in parts if part.outcome in KEEPS_THE_EPISODE]
    for part in parts:
        if part not in kept:
            end_at_referral(episode=part.episode, by=by)
    if kept:
        _give(referral, kept, terms, day, by)
    for outcome, group in grouped.items():
        if outcome == ReferralOutcome.EARLY_HELP or (outcome == STRATEGY and opens_strategy):
            _hand_on(referral, task, group, terms, day, by)


def _check_people(terms: Terms, day: date) -> None:
    if terms.worker is not None and terms.team is None:
        raise CannotDo("Choose the team as well as the worker")
    if terms.team and not Team.objects.open_on(day).filter(pk=terms.team.pk).exists():
        raise CannotDo(f"{terms.team} is closed. Choose another team")


def _write(referral: Referral, terms: Terms, at: datetime, by: User) -> None:
    day = checks.day_of(at)
    referral.outcome = checks.one_of(ReferralOutcome, terms.outcome, needed="Choose what to do")
    referral.threshold_level = checks.code(
        "threshold_level", terms.threshold_level, on=day, needed="Choose the level of need"
    )
    referral.threshold_document = checks.edition_on(day)
    referral.rationale = checks.words(terms.rationale, "Your reasons", needed="Give your reasons")
    referral.direction = checks.words(terms.direction, "Your direction")
    referral.priority = checks.one_of(Priority, terms.priority) or Priority.ROUTINE
    referral.family_told = terms.family_told
    needed = "Say why the family has not been told" if terms.family_told is False else ""
    referral.family_not_told_reason = checks.words(
        terms.family_not_told_reason, "The reason", needed=needed
    )
    referral.team = terms.team or referral.team
    referral.decided_at, referral.decided_by = at, by
    referral.save(update_fields=DECIDED)


DECIDED = (
    "outcome",
    "threshold_level",
    "threshold_document",
    "rationale",
    "direction",
    "priority",
    "family_told",
    "family_not_told_reason",
    "team",
    "decided_at",
    "decided_by",
)


def _write_parts(
    referral: Referral, terms: Terms, own: Mapping[int, OutcomeForOne], by: User
) -> list[ReferralChild]:
    parts = list(referral.children.select_related("child", "episode").order_by("pk"))
    if set(own) - {part.child_id for part in parts}:
        raise CannotDo("Some of the children decided on are not on this referral")
    for part in parts:
        mine = own.get(part.child_id, OutcomeForOne())
        part.outcome = checks.one_of(ReferralOutcome, mine.outcome) or referral.outcome
        part.note = checks.words(mine.note, "Why this child is different")
        need = mine.primary_need or terms.primary_need or part.primary_need
        needed = "Choose the primary need" if part.outcome in KEEPS_THE_EPISODE else ""
        part.primary_need = checks.code(
            "primary_need", need, on=referral.received_on, needed=needed
        )
        part.save(update_fields=["outcome", "note", "primary_need"])
        if part.episode.primary_need != part.primary_need:
            restate_need(episode=part.episode, primary_need=part.primary_need, by=by)
    return parts


def _give(
    referral: Referral, parts: Sequence[ReferralChild], terms: Terms, day: date, by: User
) -> None:
    """Open the assessment, and allocate it or put it on a manager's list to be allocated."""
    children = [part.child for part in parts]
    team = terms.team or referral.team or _team_of(referral)
    for part in parts:
        start_involvement(
            child=part.child,
            kind=InvolvementKind.ASSESSMENT,
            started_on=referral.received_on,
            episode=part.episode,
            by=by,
        )
    if terms.worker is None:
        open_step(
            "casework.allocate",
            children=children,
            trigger=day,
            team=team,
            brief=referral.direction,
            by=by,
        )
    else:
        allocate_family(
            episodes=[part.episode for part in parts],
            worker=terms.worker,
            team=team,
            on=day,
            direction=referral.direction,
            over_limit_reason=terms.over_limit_reason,
            by=by,
        )
    open_step(
        assessment_step_on(referral.received_on, local_rules()),
        children=children,
        trigger=referral.received_on,
        worker=terms.worker,
        team=team,
        by=by,
    )


def _team_of(referral: Referral) -> Team:
    if referral.contact is None:
        raise CannotDo("Choose the team that will have this")
    return referral.contact.team


def _hand_on(
    referral: Referral,
    task: Task,
    parts: Sequence[ReferralChild],
    terms: Terms,
    day: date,
    by: User,
) -> None:
    key = "family_help.early_help"
    if parts[0].outcome == STRATEGY:
        key = "protection.strategy_discussion"
    open_step(
        key,
        children=[part.child for part in parts],
        trigger=day,
        team=terms.team or task.team or _team_of(referral),
        by=by,
    )
