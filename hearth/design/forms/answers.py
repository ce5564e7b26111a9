"""Questions answered in words, with yes or no, or from a list."""

from typing import Any

from django import forms

LINE, TEXT = 250, 50_000


class LineField(forms.CharField):
    """One line of words: `LineField(label="What is the school called?")`."""

    def __init__(self, *, max_length: int = LINE, width: str = "", **options: Any) -> None:
        self.width = width
        super().__init__(max_length=max_length, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out the browser's limit, which cuts off what is pasted without saying so."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, **({"class": f"govuk-input--width-{self.width}"} if self.width else {})}


class TextField(forms.CharField):
    """Paragraphs: `TextField(label="What happened?", count_to=2000)` shows the characters left."""

    widget = forms.Textarea

    def __init__(
        self, *, max_length: int = TEXT, count_to: int | None = None, rows: int = 5, **options: Any
    ) -> None:
        self.count_to, self.rows = count_to, rows
        super().__init__(max_length=count_to or max_length, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out the browser's limit, which cuts off what is pasted without saying so."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        extra = {"class": "govuk-js-character-count"} if self.count_to else {}
        return {**attrs, "rows": self.rows, "cols": False, **extra}


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
        return {True: "yes", False: "no"}.get(value, value) if value is not None else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """Side by side: the answers are short."""
        return {"class": "govuk-radios--inline"}
