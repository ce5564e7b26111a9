"""What a plan is for, how often a child is visited, and why it ends without a meeting."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.design.forms import CodeField, DateField, TextField, YesNoField
from hearth.plans.actions.plans import LONGEST_VISIT_DAYS
from hearth.plans.models import PlanKind
from hearth.plans.rules import WITHOUT_A_MEETING
from hearth.records.forms.shared import EditForm


class WritePlanForm(EditForm):
    """What a plan is for."""

    worries = TextField(label="What are we worried about?", rows=4)
    strengths = TextField(label="What is going well?", rows=4)
    aim = TextField(
        label="What should life be like when this plan is no longer needed?",
        help_text="In words the children and their parents would use.",
        rows=4,
    )
    parents_view = TextField(label="What do the parents say?", rows=3, required=False)
    parents_agree = YesNoField(
        label="Do they agree with the plan?", no="No, or not with all of it", required=False
    )
    planned_end_on = DateField(label="When is it expected to be no longer needed?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.record.kind == PlanKind.CHILD_IN_NEED:
            for name in ("parents_view", "parents_agree", "planned_end_on"):
                self.fields[name].required = True


class NeedsPart(forms.Form):
    """What one child needs, and says."""

    needs = TextField(label="What does {name} need from this plan?", rows=3)
    views = TextField(
        label="What does {name} say about it?",
        help_text="Their own words where they can be had; how you know, where they cannot.",
        rows=3,
    )


class VisitsForm(forms.Form):
    """How often a child is visited."""

    visit_days = forms.IntegerField(
        label="At most how many working days between visits?",
        help_text="Leave empty to go back to what the service asks.",
        min_value=1,
        max_value=LONGEST_VISIT_DAYS,
        required=False,
    )
    reason = TextField(label="Why?", rows=3)
    agreed_by = forms.ModelChoiceField(
        User.objects.none(),
        label="Which conference chair agreed?",
        help_text="Asked where a child with a protection plan is to be visited less often.",
        required=False,
        empty_label="Nobody",
    )

    def __init__(self, *args: Any, chairs: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreed_by"].queryset = chairs  # type: ignore[attr-defined]


class EndPartForm(forms.Form):
    """Why a plan ends without a meeting, and when."""

    reason = CodeField(
        "plan_end_reason", label="Why does it end?", only=WITHOUT_A_MEETING, as_radios=True
    )
    ended_on = DateField(label="From which day is there no plan?", not_future=True)
    grounds = TextField(
        label="On what grounds?",
        help_text=(
            "Where they became looked after: under what order, and where they live. Where another "
            "authority took the plan over: which, and the day of its conference. A service manager "
            "says this for a child protection plan."
        ),
        rows=3,
        required=False,
    )
