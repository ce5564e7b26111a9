"""What is asked for the reports to a conference: the social worker's own, and an agency's."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import DateField, LateForm, LineField, TextField
from hearth.people.models import Person
from hearth.protection.models import AgencyReport
from hearth.records.files import KINDS
from hearth.records.forms.shared import EditForm


class ReportForm(EditForm):
    """What only the social worker can say of the family."""

    danger = TextField(
        label="What is the danger, and what must be so for the children to be safe?",
        help_text="What has happened to them, what may happen if nothing changes, and what would "
        "show that they are safe. In plain words: the family reads this.",
        rows=6,
        required=False,
    )
    significant_only = forms.BooleanField(
        label="Only the most significant events of the chronology", required=False
    )


class AnalysisForm(forms.Form):
    """What it means for one child."""

    analysis = TextField(
        label="What does this mean for {name}?",
        help_text="Name no brother or sister here: this part is theirs alone.",
        rows=6,
        required=False,
    )


class SubmitForm(LateForm):
    """When the parents had it, before it goes to a manager."""

    shared_on = DateField(
        label="When did the parents have this report?", not_future=True, required=False
    )
    not_shared_reason = TextField(
        label="If they have not, why not?",
        help_text="And when they will. Only a risk to a child keeps it from them.",
        rows=2,
        required=False,
    )
    late_reason = LineField(label="Why is it late?", required=False)

    def clean(self) -> dict[str, Any]:
        """They had it on a day, or there is a reason."""
        said = super().clean() or {}
        is_told = said.get("shared_on") or said.get("not_shared_reason")
        if not is_told and "shared_on" not in self.errors:
            self.add_error("shared_on", "Say when the parents had it, or why they have not")
        return said


class ReportsSharedForm(forms.Form):
    """Which reports the family had, and when."""

    reports = forms.MultipleChoiceField(
        label="Which reports has the family had?", widget=forms.CheckboxSelectMultiple
    )
    shared_on = DateField(label="When?", not_future=True)

    def __init__(self, *args: Any, waiting: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reports"].choices = list(waiting)  # type: ignore[attr-defined]


class AddToReviewForm(forms.Form):
    """Which brother or sister a review is about too, and why."""

    children = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Who?", widget=forms.CheckboxSelectMultiple
    )
    reason = TextField(
        label="Why is the review about them too?",
        help_text="What is now known that may mean they need a plan.",
        rows=4,
    )

    def __init__(self, *args: Any, children: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [child.pk for child in children]
        self.fields["children"].queryset = Person.objects.filter(pk__in=ids)  # type: ignore[attr-defined]


class AgencyForm(EditForm):
    """What an agency says of the family, and who says it."""

    family = TextField(label="What do you know of the family?", rows=5, required=False)
    chronology = TextField(
        label="Dates that matter",
        help_text="Only if you have them: a date and what happened, one to a line.",
        rows=5,
        required=False,
    )
    not_for_family = TextField(
        label="Is there anything the family must not be told, and why?",
        help_text="The parents are given the rest of this report before the conference.",
        rows=3,
        required=False,
    )
    file = forms.FileField(
        label="Attach a file",
        help_text="If you have the report written already. PDF, Word, a picture or an email.",
        required=False,
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(KINDS))}),
    )
    written_by = LineField(label="Your name and your job", max_length=200, required=False)

    def __init__(self, *args: Any, record: AgencyReport, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        for name in ("family", "chronology", "not_for_family", "written_by"):
            self.fields[name].initial = getattr(record, name)
        # It may be saved without, and not sent.
        self.fields["written_by"].say_optional = False  # type: ignore[attr-defined]


class AgencyChildForm(forms.Form):
    """What an agency says of one child."""

    known = TextField(
        label="What do you know of {name}?",
        help_text="If it is nothing, say so. Name no brother or sister here.",
        rows=5,
        required=False,
    )
    worries = TextField(label="What worries you about {name}?", rows=4, required=False)
    strengths = TextField(label="What is going well for {name}?", rows=3, required=False)
    wanted = TextField(label="What do you want to happen for {name}?", rows=3, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["known"].say_optional = False  # type: ignore[attr-defined]
