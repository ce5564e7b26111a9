"""Starting, sending, deciding, reviewing, and what follows."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.assessments.forms.asking import ask
from hearth.assessments.models import AgencyConsulted
from hearth.assessments.rules import Child
from hearth.design.forms import CodeField, DateField, LateForm, LineField, TextField, YesNoField
from hearth.people.models import Person

AUTHORISE, RETURN = "authorise", "return"


class StartForm(forms.Form):
    """When the assessment starts, and its plan."""

    started_on = DateField(label="When does the assessment start?", not_future=True)
    people_to_see = ask("people_to_see", rows=3)
    agencies_to_ask = ask("agencies_to_ask", rows=3)
    questions = ask("questions", rows=3)


class SubmitForm(LateForm):
    """What is asked of the worker as the assessment is sent."""

    late_reason = TextField(
        label="Why is it late?",
        help_text="Working Together asks for a recorded reason. The manager sees it.",
        rows=3,
    )
    cautions_answer = TextField(
        label="What do you make of the points above?",
        help_text="Say what you will do, or why it is right as it is. The manager sees it.",
        rows=3,
    )

    def __init__(self, *args: Any, is_late: bool, has_cautions: bool, **options: Any) -> None:
        super().__init__(*args, is_late=is_late, **options)
        if not has_cautions:
            del self.fields["cautions_answer"]


class DecisionForm(forms.Form):
    """Whether a manager agrees an assessment, and why; and why a child unseen is accepted."""

    decision = forms.ChoiceField(
        label="What is your decision?",
        choices=[(AUTHORISE, "Authorise it"), (RETURN, "Return it with comments")],
        widget=forms.RadioSelect,
    )
    words = TextField(
        label="Why?",
        help_text="If you authorise it, why you agree. If you return it, what must change.",
        rows=5,
    )

    def __init__(self, *args: Any, unseen: Sequence[Child], **options: Any) -> None:
        super().__init__(*args, **options)
        self.unseen = unseen
        for child in unseen:
            self.fields[f"not_seen_{child.pk}"] = CodeField(
                "child_not_seen_reason",
                label=f"{child.name} has not been seen. Why do you accept that?",
                help_text="Needed to authorise it.",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A child nobody has seen stands in the way of authorising."""
        found = super().clean() or {}
        for child in self.unseen if found.get("decision") == AUTHORISE else ():
            if not found.get(f"not_seen_{child.pk}"):
                words = f"Choose why you accept that {child.name} has not been seen"
                self.add_error(f"not_seen_{child.pk}", words)
        return found

    @property
    def not_seen(self) -> dict[int, str]:
        """The reason accepted for each child who was not seen."""
        return {child.pk: self.cleaned_data[f"not_seen_{child.pk}"] for child in self.unseen}


class ReviewPointForm(LateForm):
    """A manager's look at an assessment as it goes."""

    held_on = DateField(label="When did you review it?", not_future=True)
    note = TextField(
        label="What did you find?",
        help_text="Is each child known? Is the picture whole? Is anybody not safe now?",
    )
    direction = TextField(
        label="What is the worker to do now, and by when?",
        help_text="It is shown to the worker at the top of the assessment.",
    )
    late_reason = TextField(label="Why is this review late?", rows=2)


class CancelForm(forms.Form):
    """Why an assessment is not to go on."""

    reason = TextField(label="Why is this assessment not to go on?", rows=3)


class AddForm(forms.Form):
    """What is added to an authorised assessment."""

    text = TextField(
        label="What is to be added?",
        help_text="A correction, or something learned since. It is dated and has your name.",
    )


class UpdateForm(forms.Form):
    """Whether to assess again."""

    needed = YesNoField(label="Is a new assessment needed?", yes="Yes, assess again", no="Not now")
    reason = TextField(label="Why?", rows=3)


class HandOverForm(forms.Form):
    """Who has taken on what the assessment decided."""

    handed_to = LineField(
        label="Who has taken this on?", help_text="A name and a team or agency.", width="30"
    )
    handed_on = DateField(label="When?", not_future=True)
    note = TextField(label="What was agreed?", required=False, rows=3)
    late_reason = TextField(label="If this is late: why?", required=False, rows=2)


class AskForm(forms.Form):
    """An agency that was asked."""

    agency = CodeField("agency_type", label="Which agency?")
    contact = LineField(label="Who there?", help_text="A name and a post.", required=False)
    child = forms.TypedChoiceField(
        label="About whom?", coerce=int, empty_value=None, required=False
    )
    asked_on = DateField(label="When were they asked?", not_future=True)

    def __init__(self, *args: Any, children: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(child.pk, child.name) for child in children]
        field = self.fields["child"]
        field.choices = [("", "All the children"), *choices]  # type: ignore[attr-defined]
        field.say_optional = False  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What an agency said, or why there is no answer."""

    answered_on = DateField(label="When did they answer?", required=False, not_future=True)
    said = TextField(label="What did they say?", required=False, rows=6)
    no_answer = TextField(
        label="If there is no answer: why, and what will you do without it?",
        required=False,
        rows=3,
    )

    def clean(self) -> dict[str, Any]:
        """One or the other, and a day for an answer."""
        found = super().clean() or {}
        if bool(found.get("said")) == bool(found.get("no_answer")):
            self.add_error("said", "Write what they said, or below why there is no answer")
        elif found.get("said") and not found.get("answered_on"):
            self.add_error("answered_on", "Enter the date they answered")
        return found


class ChaseForm(forms.Form):
    """An agency asked again."""

    chased_on = DateField(label="When were they asked again?", not_future=True)


class FamilyCopyForm(forms.Form):
    """What a copy for the family may hold. Nothing private goes in unless it is chosen."""

    reader = forms.ChoiceField(label="Who is this copy for?")
    words_of = forms.MultipleChoiceField(
        label="Whose own words may this reader be given?",
        help_text="A child may have told you something that is not safe to show. Leave out any "
        "you have not talked about with the child.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.MultipleChoiceField(
        label="Which agencies' answers may this reader be given?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        readers: Sequence[tuple[str, str]],
        children: Sequence[Person],
        agencies: Sequence[AgencyConsulted],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        answered = [(str(a.pk), str(a)) for a in agencies if a.said]
        for name, choices in {
            "reader": readers,
            "words_of": [(str(child.pk), child.name) for child in children],
            "agencies": answered,
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not answered:
            del self.fields["agencies"]
