"""Writing the children of a census, a table at a time: what is not on record is added to it.

What is on record already is never overwritten: where the file says otherwise the line says so, and
a worker decides. What was open and is now closed is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.assessments.models import (
    Assessment,
    AssessmentChild,
    AssessmentFactor,
    AssessmentKind,
)
from hearth.casework.actions import open_step
from hearth.casework.models import Episode
from hearth.casework.models.local import local_rules
from hearth.casework.rules import assessment_step_on
from hearth.casework.timescales import LocalRules
from hearth.lib.identifiers import BadIdentifier, check_upn
from hearth.people.actions import NewPerson, create_people, why_not_create
from hearth.people.models import (
    Characteristic,
    DatedFact,
    Disability,
    Identifier,
    IdentifierKind,
    Person,
)
from hearth.people.models.person import CharacteristicKind
from hearth.records.models import ChronologyEntry, Significance
from hearth.returns.actions.protecting import Protected, Protecting, gather, protected, store
from hearth.returns.cin.plan import PlannedAssessment, PlannedChild, PlannedEpisode
from hearth.returns.models import LineState
from hearth.workforce.models import Team

LONGEST_OWN_ID = 10


@dataclass(slots=True)
class Written:
    """What became of one child: who they are on record, and what is to be said of it."""

    person: Person | None
    state: str
    words: list[str] = field(default_factory=list)


@dataclass
class _Batch:
    """The rows gathered for a batch, and what the rules need."""

    today: date
    by: User
    team: Team | None
    local: LocalRules
    written: dict[str, Written] = field(default_factory=dict)
    episodes: list[tuple[PlannedEpisode, Episode]] = field(default_factory=list)
    assessments: list[tuple[PlannedAssessment, Episode]] = field(default_factory=list)
    protecting: Protecting = field(init=False)

    def __post_init__(self) -> None:
        self.protecting = Protecting(self.by)

    @property
    def size(self) -> int:
        """How many rows are gathered."""
        return len(self.episodes) + len(self.assessments) + self.protecting.size


def write_children(
    children: Sequence[PlannedChild], *, today: date, team: Team | None, by: User
) -> dict[str, Written]:
    """Put these children on record, all of them. Raises when the database refuses any."""
    batch = _Batch(today, by, team, local_rules())
    known = people_by_id([child.child_id for child in children])
    _create(batch, [child for child in children if child.child_id not in known])
    for child in children:
        if child.child_id in known:
            batch.written[child.child_id] = _compared(known[child.child_id], child)
    _gather(batch, children)
    _store(batch)
    return batch.written


def people_by_id(ids: Sequence[str]) -> dict[str, Person]:
    """The people on record under these ids, as our own number or as one from an earlier system."""
    found = {p.la_child_id or "": p for p in Person.objects.filter(la_child_id__in=ids)}
    legacy = Identifier.objects.standing().filter(kind=IdentifierKind.LEGACY, value__in=ids)
    for row in legacy.select_related("person"):
        found.setdefault(row.value, row.person)
    return found


def _create(batch: _Batch, children: Sequence[PlannedChild]) -> None:
    new: list[tuple[PlannedChild, NewPerson]] = []
    for child in children:
        words: list[str] = []
        described = _described(child, words)
        if why := why_not_create(described, batch.today):
            batch.written[child.child_id] = Written(None, LineState.REFUSED, [why])
            continue
        new.append((child, described))
        batch.written[child.child_id] = Written(None, LineState.LOADED, words)
    people = create_people(people=[each for _, each in new], today=batch.today, by=batch.by)
    for (child, _), person in zip(new, people, strict=True):
        batch.written[child.child_id].person = person


def _described(child: PlannedChild, words: list[str]) -> NewPerson:
    facts: list[DatedFact] = [Disability(code=code) for code in child.disabilities]
    facts += _numbers(child, words)
    if child.upn_unknown and not child.upn:
        facts.append(Characteristic(kind=CharacteristicKind.UPN_UNKNOWN, code=child.upn_unknown))
    if child.died_on:
        facts.append(Characteristic(kind=CharacteristicKind.DEATH, started_on=child.died_on))
    own = len(child.child_id) <= LONGEST_OWN_ID
    if not own:
        facts.append(Identifier(kind=IdentifierKind.LEGACY, value=child.child_id))
    kind = "expected" if child.expected else "known"
    return NewPerson(
        birth_kind=kind if child.born_on else "unknown",
        born_on=child.born_on,
        sex="U" if child.expected else child.sex,
        ethnicity=child.ethnicity,
        is_child=True,
        la_child_id=child.child_id if own else "",
        facts=facts,
    )


def _numbers(child: PlannedChild, words: list[str]) -> list[DatedFact]:
    facts: list[DatedFact] = []
    for kind, value, name in (
        (IdentifierKind.UPN, child.upn, "UPN"),
        (IdentifierKind.FORMER_UPN, child.former_upn, "FormerUPN"),
    ):
        if not value:
            continue
        try:
            facts.append(Identifier(kind=kind, value=check_upn(value)))
        except BadIdentifier as wrong:
            words.append(f"{name} not kept: {wrong}")
    return facts


def _compared(person: Person, child: PlannedChild) -> Written:
    """Somebody already on record: what the file says otherwise is said, and left as it is."""
    words = [
        f"{name} differs from the record, which was left as it is"
        for name, ours, theirs in (
            ("PersonBirthDate", person.born_on, child.born_on),
            ("Sex", person.sex, "U" if child.expected else child.sex),
            ("Ethnicity", person.ethnicity, child.ethnicity),
        )
        if ours and theirs and ours != theirs
    ]
    return Written(person, LineState.UNCHANGED, words)


@dataclass(frozen=True, slots=True)
class _OnRecord:
    """What is on record already of the people in a batch, by the child and the day it began."""

    episodes: dict[tuple[int, date], Episode]
    assessments: dict[tuple[int, date], Assessment]
    protected: Protected


def _on_record(people: list[int]) -> _OnRecord:
    return _OnRecord(
        {(e.child_id, e.started_on): e for e in Episode.objects.filter(child__in=people)},
        _assessed(people),
        protected(people),
    )


def _gather(batch: _Batch, children: Sequence[PlannedChild]) -> None:
    """Find what of each child's episodes is not on record yet."""
    there = _on_record([w.person.pk for w in batch.written.values() if w.person is not None])
    for child in children:
        written = batch.written[child.child_id]
        if written.person is not None:
            before = batch.size
            closed = [
                _gather_episode(batch, each, written.person, there) for each in child.episodes
            ]
            if written.state == LineState.UNCHANGED and (any(closed) or batch.size > before):
                written.state = LineState.CHANGED


def _gather_episode(
    batch: _Batch, planned: PlannedEpisode, person: Person, there: _OnRecord
) -> bool:
    """Gather an episode's new rows. True when something on record was brought up to date."""
    changed = False
    episode = there.episodes.get((person.pk, planned.referred_on))
    if episode is None:
        episode = _episode(person, planned, batch.by)
        batch.episodes.append((planned, episode))
    else:
        changed |= _close(episode, planned, batch.by)
    for assessment in planned.assessments:
        known = there.assessments.get((person.pk, assessment.started_on))
        if known is None:
            batch.assessments.append((assessment, episode))
        else:
            changed |= _authorise(known, assessment)
    changed |= gather(batch.protecting, planned, person, episode, there.protected)
    return changed


def _assessed(people: list[int]) -> dict[tuple[int, date], Assessment]:
    parts = AssessmentChild.objects.filter(child__in=people).select_related("assessment")
    return {(part.child_id, part.assessment.started_on): part.assessment for part in parts}


def _episode(person: Person, planned: PlannedEpisode, by: User) -> Episode:
    return Episode(
        child=person,
        started_on=planned.referred_on,
        ended_on=planned.ended_on,
        referral_source=planned.source,
        primary_need=planned.primary_need,
        no_further_action=planned.no_further_action,
        closure_reason=planned.closure_reason,
        closed_by=by if planned.ended_on else None,
    )


def _close(episode: Episode, planned: PlannedEpisode, by: User) -> bool:
    if episode.ended_on is not None or planned.closed_on is None:
        return False
    episode.ended_on, episode.closure_reason = planned.closed_on, planned.closure_reason
    episode.closed_by = by
    episode.save(update_fields=["ended_on", "closure_reason", "closed_by"])
    return True


def _authorise(known: Assessment, planned: PlannedAssessment) -> bool:
    if known.task_id is not None or known.authorised_on or planned.authorised_on is None:
        return False
    known.authorised_on = planned.authorised_on
    known.save(update_fields=["authorised_on"])
    return True


def _store(batch: _Batch) -> None:
    """Write the rows gathered, each table at once, and tell each child's story."""
    Episode.objects.bulk_create(episode for _, episode in batch.episodes)
    store(batch.protecting)
    entries = [
        _entry(batch, episode, "referral", "Referral", episode.started_on, episode)
        for _, episode in batch.episodes
    ]
    entries += [
        _entry(batch, episode, "closure", "Case closed", planned.closed_on, episode)
        for planned, episode in batch.episodes
        if planned.closed_on
    ]
    entries += _store_assessments(batch)
    entries += [
        _entry(batch, episode, kind, title, day, episode)
        for kind, title, day, episode in batch.protecting.story
    ]
    ChronologyEntry.objects.bulk_create(entries)


def _store_assessments(batch: _Batch) -> list[ChronologyEntry]:
    rows = [_assessment(batch, planned, episode) for planned, episode in batch.assessments]
    Assessment.objects.bulk_create(rows)
    parts = [
        AssessmentChild(assessment=row, child_id=episode.child_id, episode=episode)
        for row, (_, episode) in zip(rows, batch.assessments, strict=True)
    ]
    AssessmentChild.objects.bulk_create(parts)
    AssessmentFactor.objects.bulk_create(
        AssessmentFactor(part=part, child_id=part.child_id, code=code)
        for part, (planned, _) in zip(parts, batch.assessments, strict=True)
        for code in planned.factors
    )
    _hand_out(batch, rows)
    return [
        _entry(batch, episode, "assessment", str(row), planned.authorised_on, row)
        for row, (planned, episode) in zip(rows, batch.assessments, strict=True)
        if planned.authorised_on
    ]


def _assessment(batch: _Batch, planned: PlannedAssessment, episode: Episode) -> Assessment:
    step = assessment_step_on(episode.started_on, batch.local)
    return Assessment(
        about=[episode.child_id],
        kind=AssessmentKind(step.removeprefix("assessments.")),
        trigger_on=episode.started_on,
        started_on=planned.started_on,
        internal_review_on=planned.reviewed_on,
        authorised_on=planned.authorised_on,
        recorded_by=batch.by,
    )


def _hand_out(batch: _Batch, rows: Sequence[Assessment]) -> None:
    """Give the unfinished assessments to the team, each with the date it is due."""
    if batch.team is None:
        return
    unfinished = [row for row in rows if row.authorised_on is None]
    people = Person.objects.in_bulk([row.about[0] for row in unfinished])
    for row in unfinished:
        row.task = open_step(
            AssessmentKind(row.kind).step_key,
            children=[people[row.about[0]]],
            trigger=row.trigger_on,
            team=batch.team,
            record_id=row.pk,
            by=batch.by,
        )
        row.save(update_fields=["task"])


def _entry(
    batch: _Batch, episode: Episode, kind: str, title: str, day: date | None, source: Any
) -> ChronologyEntry:
    pages = {"assessment": "assessments:open_assessment"}
    return ChronologyEntry(
        child_id=episode.child_id,
        about=[episode.child_id],
        happened_on=day or episode.started_on,
        kind=kind,
        title=title,
        significance=Significance.MEDIUM,
        source_label=source._meta.label,
        source_id=source.pk,
        page=pages.get(kind, "casework:episode"),
        recorded_by=batch.by,
    )
