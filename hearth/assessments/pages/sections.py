"""A section as it is written: its form, what stands beside each question, and any clash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.assessments.actions import Clash, Written
from hearth.assessments.actions.merging import prints
from hearth.assessments.forms.asking import SectionForm
from hearth.assessments.forms.sections import PARTS, SHARED, ChildForm
from hearth.assessments.models import Assessment, AssessmentChild
from hearth.assessments.pages.clashes import ShownClash, last_saved, read_again
from hearth.assessments.pages.frame import Frame, frame
from hearth.assessments.pages.known import known_of
from hearth.assessments.questions import QUESTIONS, SECTIONS, Question, Section
from hearth.assessments.reading import Reading, last_parts, read, section_values
from hearth.assessments.snapshot import say
from hearth.design.forms import ChildParts
from hearth.lib.dates import in_words
from hearth.people.models import Person

Data = Mapping[str, Any] | None
Last = Mapping[int, AssessmentChild]


@dataclass(slots=True)
class SectionPage:
    """A section's page."""

    section: Section
    reading: Reading
    frame: Frame
    form: SectionForm | None
    parts: ChildParts[Person] | None
    next_key: str = ""
    clashes: list[ShownClash] = field(default_factory=list)

    def is_valid(self) -> bool:
        """Whether every place was filled with answers that can be kept; all are checked."""
        form_is_valid = self.form is None or self.form.is_valid()
        parts_are_valid = self.parts is None or self.parts.is_valid()
        return form_is_valid and parts_are_valid

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why each question is asked: the law, guidance, a return, or a child's safety."""
        asked = (*self.section.shared, *self.section.child)
        return [(question.asked_of("the child"), question.why) for question in asked]

    @property
    def written(self) -> dict[str, Written]:
        """What was written, place by place, as the action takes it."""
        return {
            place: Written(form.answers, form.cleaned_data["read"])
            for place, form in self._forms().items()
        }

    def show(self, clashes: Sequence[Clash]) -> None:
        """Show both texts of each clash, and take what is on the record as now read."""
        names = {f"child-{child.pk}": child.name for child in self.reading.children}
        by = last_saved(self.reading.assessment, self.section.key)
        self.clashes = [
            ShownClash(
                who=names.get(clash.place, ""),
                label=QUESTIONS[clash.field].asked_of(names.get(clash.place, "")),
                theirs=say(clash.field, clash.theirs),
                mine=say(clash.field, clash.mine),
                by=by,
            )
            for clash in clashes
        ]
        for place, form in self._forms().items():
            read_again(form, [clash for clash in clashes if clash.place == place])

    def _forms(self) -> dict[str, SectionForm]:
        forms = {"": self.form} if self.form else {}
        forms |= {f"child-{p.child.pk}": p.form for p in self.parts or ()}  # type: ignore[misc]
        return forms


def section_page(assessment: Assessment, key: str, *, data: Data, today: date) -> SectionPage:
    """The page on which a section is written."""
    section, reading = SECTIONS[key], read(assessment)
    last = last_parts(assessment)
    keys = list(SECTIONS)
    following = keys[keys.index(key) + 1 :]
    return SectionPage(
        section=section,
        reading=reading,
        frame=frame(reading, current=key, today=today),
        form=_shared_form(section, reading, last, data),
        parts=_parts(section, reading, last, data),
        next_key=following[0] if following else "",
    )


def _shared_form(section: Section, reading: Reading, last: Last, data: Data) -> SectionForm | None:
    if section.key not in SHARED:
        return None
    values = section_values(reading.assessment, section)
    form = SHARED[section.key](data, initial={**values, "read": prints(values)})
    before = max((part.assessment for part in last.values()), key=_authorised, default=None)
    form.speak_of("", last=_told(section.shared, before, section, before))
    return form


def _parts(section: Section, reading: Reading, last: Last, data: Data) -> ChildParts[Person] | None:
    if section.key not in PARTS:
        return None
    initial = {part.child_id: _initial(part, section) for part in reading.parts}
    parts = ChildParts(
        PARTS[section.key],
        reading.children,
        data=data,
        initial=initial,
        kind=reading.assessment.kind,
    )
    known = known_of(section, reading)
    facts = {child.pk: child for child in reading.facts.children}
    for part in parts:
        form = part.form
        assert isinstance(form, ChildForm)  # noqa: S101 - they all are
        child = facts[part.child.pk]
        form.about(child)
        before = last.get(part.child.pk)
        told = _told(section.child, before, section, before.assessment if before else None)
        form.speak_of(child.first_name, known[part.child.pk], told)
    return parts


def _initial(part: AssessmentChild, section: Section) -> dict[str, Any]:
    """What stands there; and, where no factor was ticked yet, those of the risks recorded."""
    values = section_values(part, section)
    initial = {**values, "read": prints(values)}
    if section.key == "conclusion" and not values["factors"]:
        initial["factors"] = [row["code"] for row in part.risk_rows]  # type: ignore[attr-defined]
    return initial


def _told(
    questions: Sequence[Question],
    record: Assessment | AssessmentChild | None,
    section: Section,
    assessment: Assessment | None,
) -> dict[str, str]:
    """What was said last time, question by question."""
    if record is None or assessment is None or assessment.authorised_on is None:
        return {}
    values = section_values(record, section)
    told = {question.field: say(question.field, values[question.field]) for question in questions}
    heading = f"In the assessment authorised on {in_words(assessment.authorised_on)}:"
    return {name: f"{heading}\n{text}" for name, text in told.items() if text}


def _authorised(assessment: Assessment) -> date:
    return assessment.authorised_on or date.min
