"""Forms that ask why something is late, where it is."""

from typing import Any

from django import forms


class LateForm(forms.Form):
    """A form with a `late_reason`, which is asked for, and needed, only when it is late."""

    def __init__(self, *args: Any, is_late: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["late_reason"].required = is_late
        if not is_late:
            del self.fields["late_reason"]
