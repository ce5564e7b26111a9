"""What parents and carers think: a part of the form for each adult in the family."""

from typing import Any

from hearth.assessments.forms.asking import SectionForm
from hearth.design.forms import CodeField, DateField, LineField, TextField


class ParentForm(SectionForm):
    """What one parent or carer on record thinks, or why they were not spoken to."""

    seen_on = DateField(label="When were they spoken to?", required=False, not_future=True)
    views = TextField(
        label="What do they think?",
        help_text="Of the worry, of each child, and of what would help. In their own words.",
        required=False,
        rows=4,
    )
    not_seen_reason = CodeField(
        "parent_not_seen_reason",
        label="If they were not spoken to: why?",
        help_text="Every parent is spoken to, or it is said why not: fathers above all are missed.",
        required=False,
    )
    not_seen_detail = TextField(
        label="What was tried, and what will be done about it?", required=False, rows=2
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]


class OtherParentForm(ParentForm):
    """As for a parent on record, of somebody known by name alone."""

    name = LineField(label="What is their name?", required=False, width="20")
    relationship = LineField(
        label="What are they to the children?",
        help_text="Better: record them as part of the family, so that everybody finds them.",
        required=False,
        width="20",
    )
    field_order = ("name", "relationship")

    def clean(self) -> dict[str, Any]:
        """A view belongs to somebody."""
        found = super().clean() or {}
        said = any(value for key, value in found.items() if key not in ("read", "name"))
        if said and not found.get("name"):
            self.add_error("name", "Say whose views these are")
        return found
