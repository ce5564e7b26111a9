"""Every form field drawn as the GOV.UK component for its kind of question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.models import ModelChoiceField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.functional import Promise

AUTOCOMPLETE_OVER = 15

# Django's own widget templates, and ours in their place. Pages that bring their own widget
# templates (the administration site) keep them.
OURS = {
    "django/forms/widgets/radio.html": "design/widgets/radios.html",
    "django/forms/widgets/checkbox_select.html": "design/widgets/checkboxes.html",
    "django/forms/widgets/checkbox.html": "design/widgets/checkbox.html",
    "django/forms/widgets/textarea.html": "design/widgets/textarea.html",
}

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


# The first kind that fits; a widget of several elements has its classes in its own template.
CSS_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "govuk-input"),  # words, a number, an email address, a password
)


def css_class(widget: forms.Widget) -> str:
    """The GOV.UK class of a widget that is one element, or nothing."""
    return next((own for kind, own in CSS_CLASSES if isinstance(widget, kind)), "")


class GovUKBoundField(BoundField):
    """A question with the classes, description and error links that GOV.UK asks for."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        message = field.error_messages.get("required", "")
        if isinstance(message, Promise):  # Django's own words: put the question itself in them
            field.error_messages["required"] = missing_answer(str(self.label), field.widget)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the component's classes; leave it to our own words to say what is missing."""
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        widget = widget or self.field.widget
        own = css_class(widget)
        if own:
            error = f"{own}--error" if self.errors and own != "govuk-checkboxes__input" else ""
            given = str(widget.attrs.get("class", ""))
            attrs["class"] = " ".join(filter(None, [own, error, given]))
        if self.is_long_list(widget):
            attrs["data-autocomplete"] = ""
        if hasattr(widget, "part_names") and self.errors:
            attrs["data-wrong"] = " ".join(self.parts_in_error or widget.part_names)
        return attrs

    def is_long_list(self, widget: forms.Widget) -> bool:
        """A list too long to read through, from which one finds by typing."""
        if not isinstance(widget, forms.Select):
            return False
        if widget.allow_multiple_selected or isinstance(self.field, ModelChoiceField):
            return False
        return len(list(widget.choices)) > AUTOCOMPLETE_OVER

    @property
    def aria_describedby(self) -> str | None:
        """The hint, the error and the words left, in the order they are read."""
        described = super().aria_describedby
        if described is not None and self.count_to:
            described = f"{described} {self.auto_id}-info".strip()
        return described

    @property
    def count_to(self) -> int | None:
        """How many characters the answer may have, when the worker is to see a count."""
        return getattr(self.field, "count_to", None)

    @property
    def is_single_checkbox(self) -> bool:
        """One box to tick, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Whether the label should add that no answer is needed."""
        return (
            not self.field.required
            and not self.is_single_checkbox
            and not self.field.disabled
            and "optional" not in str(self.label).lower()
            and getattr(self.field, "say_optional", True)
        )

    @property
    def error_href(self) -> str:
        """Where the error summary sends the worker: the box that is wrong."""
        if isinstance(self.field.widget, CHOICE_WIDGETS):
            return f"#{self.auto_id}_0"
        parts = getattr(self.field.widget, "part_names", ())
        if parts:
            wrong = self.parts_in_error
            return f"#{self.auto_id}_{next((p for p in parts if p in wrong), parts[0])}"
        return f"#{self.auto_id}"

    @property
    def parts_in_error(self) -> set[str]:
        """Which boxes of a question in several boxes are wrong; all, when none is named."""
        errors: list[ValidationError] = self.errors.as_data() if self.errors else []
        return {part for e in errors for part in (e.params or {}).get("parts", ())}


def missing_answer(label: str, widget: forms.Widget) -> str:
    """What to say when a question was left empty and the form has no words of its own."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    if label[1:2].islower():
        label = label[0].lower() + label[1:]
    choosing = isinstance(widget, (forms.Select, forms.FileInput, *CHOICE_WIDGETS))
    return f"{'Choose' if choosing else 'Enter'} {label}"


class DesignRenderer(TemplatesSetting):
    """Draw every field with the label, hint and error that GOV.UK asks for."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
    bound_field_class = GovUKBoundField

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw our own template where we have one in place of Django's."""
        return super().render(OURS.get(template_name, template_name), context, request)
