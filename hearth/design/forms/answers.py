"""Questions answered in words, or with yes or no."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.lib.text import tidy_line, tidy_text, too_long

LINE, TEXT = 250, 50_000


class Words(forms.CharField):
    """An answer in words, tidied, and refused rather than cut when it is too long."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        # Not CharField's own limit: the browser would cut off what is pasted without saying so.
        self.longest = longest
        super().__init__(strip=False, **options)

    def validate(self, value: str) -> None:
        """Say how much is to be taken out."""
        super().validate(value)
        if message := too_long(value, self.longest):
            raise ValidationError(message, code="max_length")


class LineField(Words):
    """One line of words: `LineField(label="What is the school called?", width="20")`."""

    def __init__(self, *, max_length: int = LINE, width: str = "", **options: Any) -> None:
        self.width = width
        super().__init__(longest=max_length, **options)

    def to_python(self, value: Any) -> str:
        """Take out what cannot be seen, and doubled spaces."""
        return tidy_line(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """As wide as the answer is long."""
        attrs = super().widget_attrs(widget)
        return {**attrs, **({"class": f"govuk-input--width-{self.width}"} if self.width else {})}


class TextField(Words):
    """Paragraphs: `TextField(label="What happened?", count_to=2000)` shows the characters left."""

    widget = forms.Textarea

    def __init__(
        self, *, max_length: int = TEXT, count_to: int | None = None, rows: int = 5, **options: Any
    ) -> None:
        self.count_to, self.rows = count_to, rows
        super().__init__(longest=count_to or max_length, **options)

    def to_python(self, value: Any) -> str:
        """Take out what cannot be seen; keep the lines."""
        return tidy_text(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """As tall as the answer is long."""
        extra = {"class": "govuk-js-character-count"} if self.count_to else {}
        return {**super().widget_attrs(widget), "rows": self.rows, "cols": False, **extra}


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as True or False, and None when it was left: `YesNoField(label="Seen alone?")`."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show True and False as the answers they stand for."""
        return {True: "yes", False: "no"}.get(value, value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """Side by side: the answers are short."""
        return {"class": "govuk-radios--inline"}
