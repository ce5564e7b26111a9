"""Closing a family's episodes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from hearth.casework.actions import ClosingPart
from hearth.casework.closure_reasons import ASKED_WHY, DIED, asks_why, fitting, not_offered
from hearth.casework.models import Episode
from hearth.design.forms import CodeField, DateField, TextField, YesNoField


class ClosingForm(forms.Form):
    """When, and who was told."""

    ended_on = DateField(label="Closed from which day?", not_future=True)
    told_family = TextField(
        label="Who in the family was told, and what do they think?",
        help_text="Children as well as parents; or why somebody was not told.",
        rows=3,
    )
    told_agencies = TextField(
        label="Which agencies were told, and what will they go on doing?", rows=3
    )
    against_advice = YesNoField(
        label="Does the family or an agency disagree with closing?",
        help_text="If so, a service manager decides.",
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].initial = today


class ClosingPartForm(forms.Form):
    """One child's part: whether they close too, why, and what was achieved."""

    closes = YesNoField(label="Does this child close?")
    closure_reason = CodeField("cin_closure_reason", label="Why does it close?", required=False)
    no_factors_reason = TextField(
        label="Why does it close for that reason?",
        help_text="The one assessment found no factors, and such a case mostly closes after "
        "assessment: the census asks about any other.",
        rows=2,
        required=False,
    )
    summary = TextField(
        label="What was done, and what is different now?",
        help_text="A few sentences this child could read one day.",
        rows=5,
        required=False,
    )
    last_seen_on = DateField(
        label="When was this child last seen?", not_future=True, required=False
    )
    not_seen_reason = TextField(label="If not seen, why not?", rows=2, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("closure_reason", "summary", "last_seen_on"):
            self.fields[name].say_optional = False  # type: ignore[attr-defined]

    def fit(self, *, refused: Mapping[str, str], found_nothing: bool, today: date) -> None:
        """Offer the reasons that fit this child's episode, and say why the others are not there.

        Where their one assessment found no factors, ask why it closes for any other reason.
        """
        offer_fitting(self.fields["closure_reason"], refused, today=today)
        if not found_nothing:
            del self.fields["no_factors_reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for the whole of a part, where the child closes."""
        cleaned = super().clean() or {}
        if not cleaned.get("closes"):
            return cleaned
        if not cleaned.get("closure_reason"):
            self.add_error("closure_reason", "Choose why it closes")
        elif cleaned.get("no_factors_reason") == "" and asks_why(cleaned["closure_reason"]):
            self.add_error("no_factors_reason", ASKED_WHY)
        if not cleaned.get("summary"):
            self.add_error("summary", "Write what was done, and what is different now")
        if not cleaned.get("last_seen_on") and not cleaned.get("not_seen_reason"):
            self.add_error("last_seen_on", "Say when they were last seen, or why they were not")
        return cleaned


def offer_fitting(field: Any, refused: Mapping[str, str], *, today: date) -> None:
    """Offer only the reasons for closing that fit. One sent all the same is told why it does not.

    That a living child's case does not close because they died goes without saying.
    """
    field.only = frozenset(fitting(refused, on=today))
    unsaid = {code: why for code, why in refused.items() if code != DIED}
    field.help_text = " ".join(filter(None, [field.help_text, not_offered(unsaid)]))
    why = " ".join(filter(None, [not_offered(refused), "Choose one of those offered."]))
    field.error_messages = {**field.error_messages, "invalid_choice": why}


def parts_of(
    answers: Sequence[tuple[Any, dict[str, Any]]], episodes: Sequence[Episode]
) -> list[ClosingPart]:
    """The children who close, as the action takes them."""
    by_child = {episode.child_id: episode for episode in episodes}
    return [
        ClosingPart(
            episode=by_child[child.pk],
            **{name: value for name, value in said.items() if name != "closes"},
        )
        for child, said in answers
        if said["closes"]
    ]


class DecideClosingForm(forms.Form):
    """A manager's decision on a closing."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("agree", "Agree: close"), ("return", "Return it to be changed")],
        widget=forms.RadioSelect,
    )
    comments = TextField(
        label="Comments",
        help_text="If you return it, say what must change.",
        rows=4,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A return says what must change."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "return" and not cleaned.get("comments"):
            self.add_error("comments", "Say what must change before it is sent again")
        return cleaned
