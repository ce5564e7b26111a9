"""What an open child's record still lacks, each thing with where it is put right.

The census asks for most of it, and a worker at night for the rest. Whether a record is complete is
worked out from the record itself, in one query for however many children.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from hearth.casework.models import Episode
from hearth.casework.steps import TO_READ_THROUGH
from hearth.casework.timescales import due
from hearth.lib.dates import age_on
from hearth.people.models import (
    Address,
    Characteristic,
    CharacteristicKind,
    Disability,
    Identifier,
    IdentifierKind,
    Language,
    Person,
    Relationship,
)
from hearth.records.models import ChronologyReview, VisitChild

NOT_OBTAINED = "NOBT"
SCHOOL_AGE = range(5, 16)
PAGES = {
    "visit": "records:record_visit",
    "family": "people:record_relationship",
    "fact": "people:record_fact",
    "chronology": "records:review_chronology",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a record lacks, in words, and the page that takes it."""

    words: str
    page: str
    kind: str = ""

    def href(self, child: int) -> str:
        """Where it is put right for a child."""
        return reverse(PAGES[self.page], args=[child, *filter(None, [self.kind])])


def with_what_is_there(episodes: QuerySet[Episode], *, today: date) -> QuerySet[Episode]:
    """These episodes, each saying which facts of its child are on record today."""
    known = Characteristic.objects.on(today)
    visits = VisitChild.objects.standing().filter(seen=True, child=OuterRef("child_id"))
    reviews = ChronologyReview.objects.filter(child=OuterRef("child_id")).order_by("-recorded_at")
    upn = Identifier.objects.on(today).filter(kind=IdentifierKind.UPN)
    return episodes.annotate(
        has_religion=_held(known.filter(kind=CharacteristicKind.RELIGION)),
        has_no_upn_reason=_held(known.filter(kind=CharacteristicKind.UPN_UNKNOWN)),
        has_upn=_held(upn),
        has_language=_held(Language.objects.on(today)),
        has_disability=_held(Disability.objects.on(today)),
        has_address=_held(Address.objects.on(today)),
        has_responsible=Exists(
            Relationship.objects.on(today).filter(
                other_person=OuterRef("child_id"), parental_responsibility=True
            )
        ),
        last_review=Subquery(reviews.values("recorded_at")[:1]),
        was_seen=Exists(visits.filter(happened_on__gte=OuterRef("started_on"))),
    )


def _held(facts: QuerySet[Any]) -> Exists:
    return Exists(facts.filter(person=OuterRef("child_id")))


def what_is_missing(episode: Any, *, today: date) -> list[Missing]:
    """What this child's record lacks, the gravest first. The episode says what is there."""
    child: Person = episode.child
    born = not child.is_unborn
    age = age_on(child.born_on, today) if child.born_on and born else None
    lacks = [
        (born and not child.is_named, Missing("Name", "fact", "names")),
        (born and not episode.was_seen, Missing("Not seen since the referral", "visit")),
        (not episode.has_responsible, Missing("Who has parental responsibility", "family")),
        (child.born_on is None, Missing("Date of birth", "fact", "birth")),
        (born and child.sex == "U", Missing("Sex", "fact", "sex")),
        (born and not child.ethnicity, Missing("Ethnicity", "fact", "ethnicity")),
        (
            born and child.ethnicity == NOT_OBTAINED,
            Missing("Ethnicity: recorded as not obtained, so ask again", "fact", "ethnicity"),
        ),
        (not episode.has_language, Missing("Language", "fact", "languages")),
        (born and not episode.has_religion, Missing("Religion", "fact", "religion")),
        (
            born and not episode.has_disability,
            Missing("Disability, or that there is none", "fact", "disabilities"),
        ),
        (not episode.has_address, Missing("Address", "fact", "addresses")),
        (
            age in SCHOOL_AGE and not (episode.has_upn or episode.has_no_upn_reason),
            Missing("Unique pupil number, or why there is none", "fact", "numbers"),
        ),
        (
            _is_unread(episode, today),
            Missing("Chronology not read through for three months", "chronology"),
        ),
    ]
    return [missing for is_lacking, missing in lacks if is_lacking]


def _is_unread(episode: Any, today: date) -> bool:
    """Whether nobody has read this child's story through in time."""
    last = episode.last_review
    read = due(TO_READ_THROUGH, timezone.localdate(last) if last else episode.started_on)
    return read is not None and read.on < today
