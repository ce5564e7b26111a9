"""What is asked of a signal, of a month, and of a chart's limits."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import INDEPENDENT, MANAGERS, Role
from hearth.design.forms import DateField, TextField
from hearth.lib.dates import add_months
from hearth.quality.flow.charting import LONGEST
from hearth.quality.flow.series import SERIES
from hearth.quality.models import InvestigationDecision
from hearth.quality.rules.months import last_whole, months, named

NO_NAMES = "Numbers and practice only: name no child, and no family."
OWNERS = (
    *MANAGERS,
    *INDEPENDENT,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.AUDITOR,
    Role.ANALYST,
    Role.DIRECTOR,
)
MOST_CASES = 5000
Choices = list[tuple[str, str]]


class WhyForm(forms.Form):
    """What is asked, of which cases, with whom, and who sees to it."""

    question = TextField(label="What is the question?", help_text=NO_NAMES, rows=3)
    method = TextField(
        label="Which cases are looked at, and how are they chosen?",
        help_text="For example: every third enquiry since April that ended with no conference.",
        rows=3,
    )
    partners = TextField(
        label="Which agencies take part?",
        help_text="Leave it empty if none does.",
        rows=2,
        required=False,
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who sees to it?", empty_label="Choose"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["owner"]
        field.queryset = User.objects.working().filter(roles__overlap=list(OWNERS))


class ConcludeForm(forms.Form):
    """What was found, what is decided, and when that is looked at again."""

    sampled = forms.IntegerField(
        label="How many cases were read?", min_value=1, max_value=MOST_CASES
    )
    findings = TextField(label="What was found?", help_text=NO_NAMES, rows=5)
    decision = forms.ChoiceField(
        label="What is decided?",
        choices=InvestigationDecision.choices,
        widget=forms.RadioSelect,
    )
    decision_words = TextField(
        label="Why, and what is to be done by whom?", help_text=NO_NAMES, rows=4
    )
    review_on = DateField(label="When is this looked at again?")


class NoteForm(forms.Form):
    """What changed, in which month, and on which chart it is shown."""

    month = forms.TypedChoiceField(label="Which month?", coerce=date.fromisoformat)
    series = forms.ChoiceField(label="Which chart?", required=False)
    words = TextField(
        label="What changed?",
        help_text="For example: since this month an enquiry is recorded for each child. "
        + NO_NAMES,
        rows=3,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["month"].choices = [("", "Choose"), *_months()]
        fields["series"].choices = [("", "All of them"), *_charts()]
        fields["series"].say_optional = False


class AfreshForm(forms.Form):
    """Which chart's limits begin afresh, from which month, and why."""

    series = forms.ChoiceField(label="Which chart?")
    month = forms.TypedChoiceField(
        label="From which month?",
        coerce=date.fromisoformat,
        help_text="The first month of the new level.",
    )
    reason = TextField(label="What changed then, and how is it known?", help_text=NO_NAMES, rows=4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["series"].choices = [("", "Choose"), *_charts()]
        fields["month"].choices = [("", "Choose"), *_months()]


def _months() -> Choices:
    """The months that are shown, the newest first."""
    last = last_whole(timezone.localdate())
    shown = months(add_months(last, 1 - LONGEST), last)
    return [(month.isoformat(), named(month)) for month in reversed(shown)]


def _charts() -> Choices:
    return [(key, one.title) for key, one in SERIES.items()]
