"""The page an agency writes its report on: no more of the family than it must be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from hearth.design.forms import ChildParts
from hearth.people.models import Person
from hearth.protection.actions import AgencySaid
from hearth.protection.actions.agency_reports import OF_A_CHILD
from hearth.protection.forms.conference_reports import AgencyChildForm, AgencyForm
from hearth.protection.models import AgencyReport
from hearth.records.rules import holds_all_of


@dataclass(slots=True)
class FirstName:
    """A child as an agency is told of them: a first name, and no more."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """The report as it is asked for, with what has been saved of it."""

    report: AgencyReport
    form: AgencyForm
    parts: ChildParts[FirstName]

    def is_valid(self) -> bool:
        """Whether it may be saved; every form is checked, so that all errors show."""
        return all([self.form.is_valid(), self.parts.is_valid()])

    @property
    def saved_words(self) -> list[str]:
        """What is saved now, for whoever is to choose between it and what they typed."""
        whole = [getattr(self.report, name) for name in WHOLE]
        parts = [getattr(one, name) for one in self.report.children.all() for name in OF_A_CHILD]
        return [words for words in [*parts, *whole] if words]

    def said(self) -> AgencySaid:
        """What was written, as the actions take it."""
        said = {name: self.form.cleaned_data[name] for name in WHOLE}
        return AgencySaid(
            **said,
            children={child.pk: answers for child, answers in self.parts.cleaned_data},
            file=self.form.cleaned_data["file"],
        )


WHOLE = ("family", "chronology", "not_for_family", "written_by")


def agency_page(report: AgencyReport, data: Mapping[str, Any] | None, files: Any) -> AgencyPage:
    """The page as it opens, or as it was sent."""
    saved = list(report.children.select_related("child").order_by("child__born_on", "pk"))
    children = [FirstName(part.child_id, first_name(part.child)) for part in saved]
    initial = {part.child_id: {name: getattr(part, name) for name in OF_A_CHILD} for part in saved}
    data = _in_step(report, initial, data)
    parts = ChildParts(AgencyChildForm, children, data=data, initial=initial)
    for part in parts:
        for field in part.form.fields.values():
            field.label = str(field.label).format(name=part.child)
    return AgencyPage(report, AgencyForm(data, files, record=report), parts)


def _in_step(
    report: AgencyReport, children: Mapping[int, Mapping[str, str]], data: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """What was sent, as written beside what is saved now, where it holds every word of that.

    A save whose answer was lost on its way is told apart so from what another window wrote.
    """
    if not isinstance(data, QueryDict):
        return data
    saved = {name: [getattr(report, name)] for name in WHOLE}
    for pk, words in children.items():
        saved |= {f"child-{pk}-{name}": [text] for name, text in words.items()}
    sent = data.copy()
    if holds_all_of({name: data.getlist(name) for name in data}, saved):
        sent["version"] = str(report.version)
    return sent


def first_name(child: Person) -> str:
    """What a child is called, without the family's name."""
    called = child.known_as or child.given_names
    if called:
        return called.split()[0]
    return "the unborn baby" if child.is_unborn else "this child"
