"""What is asked when the out-of-hours team is to keep a child in mind."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import DateField, LineField, MomentField, TextField, YesNoField
from hearth.people.forms.others import OthersField, offer
from hearth.people.models import Person


class WatchForm(forms.Form):
    """Why, what to do, and for how long."""

    worry = TextField(label="What are you worried about?", rows=3)
    to_do = TextField(
        label="What do you want them to do?",
        help_text="Or what to do if they are called: who is safe, who is not, whom to ring.",
        rows=4,
    )
    starts_on = DateField(label="The first night")
    last_on = DateField(label="The last night", help_text="Four weeks from the first at most.")
    also = OthersField(label="Which brothers and sisters too?")

    def __init__(self, *args: Any, siblings: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "also", siblings)


class EndWatchForm(forms.Form):
    """Why a watch is no longer needed."""

    reason = LineField(label="Why is it no longer needed?", max_length=500)


class NightForm(forms.Form):
    """What happened in the night."""

    happened_at = MomentField(label="When?", not_future=True)
    seen = YesNoField(label="Was the child seen?")
    text = TextField(label="What happened, and what did you do?", rows=5)
