"""The questions of restriction, breaking the glass, and one's own connections."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.accounts import structure
from hearth.accounts.fields import WorkerField, WorkersField
from hearth.accounts.models import User
from hearth.design.forms import DateField, LineField, TextField
from hearth.people.actions.restriction_openings import ExactDetails
from hearth.people.models import Person
from hearth.people.models.restriction import RestrictionKind


class RestrictForm(forms.Form):
    """Whose record is kept from all but whom, and why."""

    kind = forms.ChoiceField(
        label="Why is the record restricted?",
        choices=RestrictionKind.choices,
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="What must those named know about this?",
        help_text="They see these words; nobody else does.",
        rows=3,
        max_length=5_000,
    )
    people: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        label="Restrict these records",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one record"},
    )
    workers = WorkersField(label="Name these workers", required=False)
    another_worker = WorkerField(
        label="Name another worker", required=False, help_text="More can be named afterwards."
    )
    team = forms.TypedChoiceField(
        label="Name everybody in a team",
        help_text="Its members today. Those who join later are not named.",
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(
        self, *args: Any, family: Sequence[Person], worker: User, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        ids = [person.pk for person in family]
        suggested = {worker.pk: worker}
        suggested |= {other.pk: other for other in structure.working_with(ids, on=on)}
        people, workers = self.fields["people"], self.fields["workers"]
        people.queryset = Person.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        people.choices = [(person.pk, str(person)) for person in family]  # type: ignore[attr-defined]
        people.initial, workers.initial = ids, list(suggested)
        workers.queryset = User.objects.working().filter(pk__in=suggested)  # type: ignore[attr-defined]
        teams = structure.teams(on=on)
        self.fields["team"].choices = [("", "No team"), *teams]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All who are to be named, however they were chosen."""
        answers = super().clean() or {}
        named = {worker.pk: worker for worker in answers.get("workers") or []}
        if another := answers.pop("another_worker", None):
            named[another.pk] = another
        if team := answers.pop("team", None):
            named |= {member.pk: member for member in structure.members_of([team], on=self.on)}
        if not named and not self.errors:
            self.add_error("workers", "Name at least one worker: somebody must see the record")
        return {**answers, "workers": list(named.values())}


class NameWorkerForm(forms.Form):
    """Who else is let through, and why."""

    worker = WorkerField(label="Who is to be named?")
    reason = TextField(label="Why do they need the record?", rows=3, max_length=2_000)


class LiftForm(forms.Form):
    """Why a record need no longer be kept from others."""

    lifted_reason = TextField(label="Why can the restriction be lifted?", rows=3, max_length=2_000)


class BreakGlassForm(forms.Form):
    """Exactly who is meant, and why it cannot wait."""

    given_names = LineField(label="Given names", required=False, max_length=200)
    family_name = LineField(label="Family name", required=False, max_length=200)
    born_on = DateField(label="Date of birth", required=False)
    phone = LineField(label="Telephone number", required=False, max_length=40, width="20")
    identifier = LineField(
        label="Or one of their numbers",
        help_text="Child's number here, unique pupil number or NHS number",
        required=False,
        max_length=40,
        width="20",
    )
    reason = TextField(
        label="Why does a child's safety depend on seeing it now?", rows=4, max_length=2_000
    )

    def clean(self) -> dict[str, Any]:
        """The details as one, and enough of them."""
        answers = super().clean() or {}
        details = ExactDetails(
            given_names=answers.get("given_names") or "",
            family_name=answers.get("family_name") or "",
            born_on=answers.get("born_on"),
            phone=answers.get("phone") or "",
            identifier=answers.get("identifier") or "",
        )
        if not self.errors and not details.is_enough:
            raise ValidationError(
                "Give the full name with the date of birth or telephone number, or one of their"
                " numbers"
            )
        return {"details": details, "reason": answers.get("reason", "")}


class ReviewForm(forms.Form):
    """What somebody else found when they looked into it."""

    review_note = TextField(
        label="Was it right to open the record?",
        help_text="Say what you found, and what you have done if it was not right.",
        rows=4,
        max_length=5_000,
    )


class DeclareForm(forms.Form):
    """What a worker and somebody on record are to each other."""

    relationship = LineField(
        label="What are you to each other?",
        help_text="Such as: she is my niece; we are neighbours; we work together",
        max_length=200,
    )


class EndConnectionForm(forms.Form):
    """Why it no longer stands."""

    reason = TextField(label="Why has it ended?", rows=3, max_length=500)
