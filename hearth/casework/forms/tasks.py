"""What is asked about a task and a direction."""

from datetime import date
from typing import Any

from django import forms

from hearth.casework.forms.people import HolderField, holders_for
from hearth.casework.models import Direction, Task
from hearth.design.forms import DateField, LineField, TextField


class ReassignForm(forms.Form):
    """Who should do this instead."""

    to = HolderField(label="Who should do this?")
    reason = LineField(label="Why is it changing hands?", required=False, max_length=500)

    def __init__(self, *args: Any, task: Task, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = holders_for(task, today=today)  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why a task is no longer needed."""

    reason = LineField(
        label="Why is this no longer needed?",
        help_text="This stays on the record. Work that was missed is not cancelled: it is late.",
        max_length=500,
    )


class DoDirectionForm(forms.Form):
    """What was done about a direction."""

    result = TextField(label="What was done, and what came of it?", rows=4)
    on = DateField(label="When was it done?", not_future=True)
    late_reason = LineField(label="Why was it late?", max_length=500, required=False)

    def __init__(self, *args: Any, direction: Direction, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = today
        if direction.due_on >= today:
            del self.fields["late_reason"]
