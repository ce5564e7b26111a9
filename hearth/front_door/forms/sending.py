"""Letters, hand-overs, the queue's filters, and the threshold document."""

from typing import Any

from django import forms

from hearth.design.forms import DateField, LineField, TextField
from hearth.front_door.models import Feedback
from hearth.front_door.pages.closed import DAYS, USUAL
from hearth.front_door.pages.queue import STATES


class FeedbackForm(forms.Form):
    """The letter as it was sent, and how."""

    text = TextField(label="The letter", rows=18)
    how = forms.ChoiceField(
        label="How was it sent?", choices=Feedback.How.choices, widget=forms.RadioSelect
    )


class WithholdForm(forms.Form):
    """Why a referrer is not told."""

    reason = TextField(
        label="Why must the referrer not be told?",
        help_text="For example, telling them would put a child or an adult at more risk.",
        rows=4,
    )


class HandOverForm(forms.Form):
    """Who took a family up."""

    taken_up = TextField(label="Who took this up, when, and what will they do?", rows=5)


class FilterField(forms.ChoiceField):
    """A way to narrow a list: nobody needs telling that it may be left alone."""

    say_optional = False


class QueueForm(forms.Form):
    """What of the queue is shown."""

    state = FilterField(label="Waiting", choices=[("", "All"), *STATES.items()], required=False)
    risk = FilterField(
        label="Risk",
        choices=[
            ("", "All"),
            ("harm", "Signs of significant harm"),
            ("domestic_abuse", "Domestic abuse"),
            ("out_of_hours", "Taken out of hours"),
        ],
        required=False,
    )
    whose = FilterField(
        label="Whose",
        choices=[("", "All"), ("mine", "Mine"), ("nobody", "No decision-maker")],
        required=False,
    )


class ClosedForm(forms.Form):
    """How far back closed contacts are read."""

    days = FilterField(label="Decided", choices=list(DAYS.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"days": USUAL, **self.initial}


class ThresholdForm(forms.Form):
    """An edition of the threshold document."""

    title = LineField(label="Title", max_length=200)
    version = LineField(label="Version or edition", max_length=40, width="20")
    started_on = DateField(label="In force from")
    agreed_by = LineField(label="Agreed by", max_length=300, required=False)
    link = LineField(label="Address where it is published", max_length=500, required=False)
    summary = TextField(label="Summary", rows=5, required=False)
