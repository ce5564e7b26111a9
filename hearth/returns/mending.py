"""Where in Hearth a fact is put right, when a rule finds fault with a census built from its record.

Only for what Hearth built: an identifier in a file that somebody brought may be another system's.
And only for a worker who may open the child; a child they may not know of has no page.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from hearth.accounts.models import User
from hearth.assessments.models import AssessmentChild
from hearth.casework.models import Episode
from hearth.people import policies as people
from hearth.people.models import Person
from hearth.returns.checking.run import Finding

# The list of facts about a person that each field of the census is drawn from.
FACTS = {
    "UPN": "numbers",
    "FormerUPN": "numbers",
    "UPNunknown": "no-upn",
    "PersonBirthDate": "birth",
    "ExpectedPersonBirthDate": "birth",
    "Sex": "sex",
    "PersonDeathDate": "death",
    "Ethnicity": "ethnicity",
    "Disability": "disabilities",
}
CLOSING = {"CINclosureDate", "ReasonForClosure"}
# What a rule is about, where it is found by other fields than the one that is wrong.
ABOUT = {"8540": "Disability", "8750": "Sex"}
OF_EPISODE = {"CINdetails"}
OF_ASSESSMENT = {"Assessments", "AssessmentFactorsList"}

Said = Mapping[str, str | None]


def page_for(
    child_id: str, table: str, field: str | None, *, worker: User, said: Said | None = None
) -> str:
    """The page that mends a field of a child's; nothing where this worker may not open one.

    `said` is what the row says, by which the right one of several episodes is told.
    """
    return Mending([child_id], worker).page(child_id, table, field, said or {})


def pages_for(findings: Iterable[Finding], worker: User) -> list[str]:
    """The page that mends each finding, in as many questions of the database for one as for all."""
    findings = list(findings)
    mending = Mending({finding.child for finding in findings if finding.child}, worker)
    return [mending.of(finding) for finding in findings]


class Mending:
    """The records of some children, as far as this worker may know of them."""

    def __init__(self, child_ids: Iterable[str], worker: User) -> None:
        visible = Person.objects.visible_to(worker).filter(la_child_id__in=list(child_ids))
        may = [person for person in visible if people.person.allows(worker, person)]
        self._people = {person.la_child_id: person for person in may}
        of = [person.pk for person in may]
        self._episodes: dict[int, list[Episode]] = {}
        for episode in Episode.objects.filter(child__in=of).order_by("-started_on", "-pk"):
            self._episodes.setdefault(episode.child_id, []).append(episode)
        self._assessments: dict[int, list[AssessmentChild]] = {}
        parts = AssessmentChild.objects.filter(child__in=of).select_related("assessment")
        for part in parts.order_by("-assessment__started_on", "-pk"):
            self._assessments.setdefault(part.child_id, []).append(part)

    def of(self, finding: Finding) -> str:
        """The page that mends a finding: of its fields, the first that has one of its own."""
        if not finding.child or not finding.table:
            return ""
        said = dict(zip(finding.fields, finding.values, strict=True))
        field = ABOUT.get(finding.rule) or next(
            (name for name in finding.fields if name in FACTS or name in CLOSING), None
        )
        return self.page(finding.child, finding.table, field, said)

    def page(self, child_id: str, table: str, field: str | None, said: Said) -> str:
        """The page that mends a field of a child's."""
        person = self._people.get(child_id)
        if person is None:
            return ""
        if field in FACTS:
            return reverse("people:history", args=[person.pk, FACTS[field]])
        if table in OF_EPISODE and (episode := self._episode(person, said)):
            closes = field in CLOSING and episode.ended_on is None
            return reverse(
                "casework:ask_to_close" if closes else "casework:episode", args=[episode.pk]
            )
        if table in OF_ASSESSMENT and (part := self._assessment(person, said)):
            return reverse("assessments:open_assessment", args=[part.assessment_id])
        if table in {"ChildIdentifiers", "ChildCharacteristics", "Disabilities"}:
            return reverse("people:person", args=[person.pk])
        return reverse("desk:child", args=[person.pk])

    def _episode(self, person: Person, said: Said) -> Episode | None:
        """The episode the row is of: begun on the day it says, or else the latest."""
        known = self._episodes.get(person.pk, [])
        day = said.get("CINreferralDate")
        return next((e for e in known if _is(e.started_on, day)), known[0] if known else None)

    def _assessment(self, person: Person, said: Said) -> AssessmentChild | None:
        known = self._assessments.get(person.pk, [])
        day = said.get("AssessmentActualStartDate")
        begun = (part for part in known if _is(_started(part), day))
        return next(begun, known[0] if known else None)


def _started(part: Any) -> date | None:
    day: date | None = part.assessment.started_on
    return day


def _is(day: date | None, said: str | None) -> bool:
    return day is not None and day.isoformat() == said
