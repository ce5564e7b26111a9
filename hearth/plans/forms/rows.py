"""Actions asked for in the meeting that sets them: a row each, as many as there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from hearth.design.forms import DateField, LineField, TextField, need_all
from hearth.people.models import Person
from hearth.plans.actions import NewAction
from hearth.plans.models import MeetingMember

MOST, ROWS, FEW = 40, 6, 2
# The list of those asked to the meeting, that an owner is typed into.
WHO = "who-can"


class ActionRow(forms.Form):
    """One action: what, who, by when, and how we will know. All of it, or none."""

    what = TextField(label="What is to be done?", rows=2, required=False)
    owner = LineField(label="Who?", max_length=200, required=False)
    due_on = DateField(label="By when?", required=False)
    measure = TextField(label="How will we know?", rows=2, required=False)
    frequency = LineField(label="Or how often", max_length=200, required=False)
    children = forms.MultipleChoiceField(
        label="If it is not for all the children: whom is it for?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, children: Sequence[Person] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(child.pk): child for child in children}
        field: Any = self.fields["children"]
        field.choices = [(pk, str(child)) for pk, child in self.known.items()]
        if len(children) < 2:  # noqa: PLR2004 - one child is all of them
            del self.fields["children"]
        self.fields["owner"].widget.attrs["list"] = WHO
        for each in self.fields.values():
            each.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An action is never without an owner, a day and how it is known to be done."""
        said = super().clean() or {}
        if not any(said.values()) and not self.errors:
            return said
        needed = {"what": "Say what is to be done", "owner": "Say who is to do it"}
        needed["measure"] = "Say how we will know it is done"
        need_all(self, said, needed)
        if not said.get("due_on") and not said.get("frequency") and "due_on" not in self.errors:
            self.add_error("due_on", "Say by when, or how often")
        return said

    def action(self, members: Mapping[str, MeetingMember]) -> NewAction:
        """The action. Its owner is one of those asked, where that is who was named."""
        said = dict(self.cleaned_data)
        chosen = [self.known[pk] for pk in said.pop("children", ())]
        member = members.get(said["owner"].casefold())
        return NewAction(
            **said,
            owner_worker=member.worker if member else None,
            owner_person=member.person if member else None,
            children=chosen or None,
        )


ActionRows: "type[BaseFormSet[ActionRow]]" = formset_factory(
    ActionRow, extra=ROWS, max_num=MOST, absolute_max=MOST
)
# Of a meeting that carries a plan on, and seldom sets more.
FewActionRows: "type[BaseFormSet[ActionRow]]" = formset_factory(
    ActionRow, extra=FEW, max_num=MOST, absolute_max=MOST
)


def actions_in(rows: Any, members: Sequence[MeetingMember]) -> list[NewAction]:
    """The actions of the rows that were not left empty."""
    names = {member.name.casefold(): member for member in members}
    return [row.action(names) for row in rows if row.cleaned_data.get("what")]
