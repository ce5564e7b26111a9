"""The page on which what parents and carers think is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.assessments.actions import Clash, Written
from hearth.assessments.actions.merging import prints
from hearth.assessments.forms.parents import OtherParentForm, ParentForm
from hearth.assessments.models import Assessment, ParentView
from hearth.assessments.pages.clashes import ShownClash, last_saved, read_again
from hearth.assessments.pages.frame import Frame, frame
from hearth.assessments.questions import PARENTS, Section
from hearth.assessments.reading import Reading, adult_key, parent_values, read
from hearth.assessments.snapshot import say
from hearth.design.forms import ChildParts


@dataclass(slots=True)
class Somebody:
    """An adult's place on the page. Its number is made of the person's, or of the row's."""

    pk: str
    name: str
    relationship: str

    def __str__(self) -> str:
        return self.name


@dataclass(slots=True)
class ParentsPage:
    """What each parent and carer thinks."""

    reading: Reading
    frame: Frame
    parts: ChildParts[Somebody]
    section: Section = PARENTS
    form: None = None
    next_key: str = "agencies"
    clashes: list[ShownClash] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reason stands in the hint."""
        return []

    def is_valid(self) -> bool:
        """Whether every part holds answers that can be kept."""
        return self.parts.is_valid()

    @property
    def written(self) -> dict[str, Written]:
        """What was written of each, as the action takes it; nobody is made of an empty part."""
        return {
            f"adult-{part.child.pk}": Written(part.form.answers, part.form.cleaned_data["read"])  # type: ignore[attr-defined]
            for part in self.parts
            if part.child.pk != "other-new" or any(part.form.answers.values())  # type: ignore[attr-defined]
        }

    def show(self, clashes: Sequence[Clash]) -> None:
        """Show both texts of each clash."""
        by = last_saved(self.reading.assessment, self.section.key)
        for part in self.parts:
            here = [clash for clash in clashes if clash.place == f"adult-{part.child.pk}"]
            labels = part.form.fields
            self.clashes += [
                ShownClash(
                    who=part.child.name,
                    label=str(labels[clash.field].label),
                    theirs=say(clash.field, clash.theirs),
                    mine=say(clash.field, clash.mine),
                    by=by,
                )
                for clash in here
            ]
            read_again(part.form, here)


def parents_page(assessment: Assessment, *, data: Any, today: date) -> ParentsPage:
    """The page for the adults of the family, and one more."""
    reading = read(assessment)
    views = {adult_key(view, view.person): view for view in reading.parents}
    people = [
        _somebody(adult.key, adult.name, adult.relationship) for adult in reading.facts.adults
    ]
    people.append(_somebody(adult_key(None), "Somebody else", ""))
    empty = ParentView(assessment=assessment)
    parts = ChildParts(
        _form_for,  # type: ignore[arg-type]
        people,
        data=data,
        initial={
            person.pk: _initial(views.get(f"adult-{person.pk}"), empty, person) for person in people
        },
        prefix="adult",
    )
    return ParentsPage(reading, frame(reading, current="parents", today=today), parts)


def _somebody(key: str, name: str, relationship: str) -> Somebody:
    return Somebody(key.removeprefix("adult-"), name, relationship)


def _initial(view: ParentView | None, empty: ParentView, person: Somebody) -> dict[str, Any]:
    known = view or empty
    values = parent_values(known)
    if not person.pk.startswith("other"):
        values = {name: values[name] for name in values if name not in ("name", "relationship")}
    return {**values, "read": prints(values)}


def _form_for(data: Any, *, prefix: str, initial: Any) -> ParentForm:
    kind = OtherParentForm if "other" in prefix else ParentForm
    return kind(data, prefix=prefix, initial=initial)
