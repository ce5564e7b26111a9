"""What the page of months is asked: whose figures, beside whose, over which months, by what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from hearth.lib.dates import add_months
from hearth.quality.comparators import COMPARATORS, DEFAULT, Comparator
from hearth.quality.flow.elsewhere import all_comparators
from hearth.quality.rules.months import last_whole, last_whole_quarter, months, of_quarter
from hearth.workforce.models import Team

YEAR, QUARTER, MONTH = "year", "quarter", "month"
MONTHS_IN_YEAR = 12
TEAM, SOURCE, NEED, ETHNICITY = "team", "source", "need", "ethnicity"
BY = (
    (TEAM, "Team"),
    (SOURCE, "Who referred"),
    (NEED, "Main need"),
    (ETHNICITY, "Ethnicity"),
)


class FlowForm(forms.Form):
    """How the page is narrowed. Unasked: the whole service, beside England, a year, by team."""

    team = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)
    comparator = forms.ChoiceField(label="Compared with", required=False)
    period = forms.ChoiceField(
        label="The figures of",
        required=False,
        choices=[
            (YEAR, "The last 12 whole months"),
            (QUARTER, "The last whole quarter"),
            (MONTH, "The last whole month"),
        ],
    )
    by = forms.ChoiceField(label="Outcomes by", required=False, choices=BY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        self.teams: dict[int, str] = dict(Team.objects.order_by("name").values_list("pk", "name"))
        fields["team"].choices = [("", "The whole service"), *self.teams.items()]
        self.comparators = all_comparators()
        fields["comparator"].choices = _named(self.comparators)
        for field in fields.values():
            field.say_optional = False


def _named(known: Mapping[str, Comparator]) -> list[Any]:
    """Those published, and the authority's own in a group of theirs."""
    published = [(key, one.name) for key, one in known.items() if key in COMPARATORS]
    own = [(key, one.name) for key, one in known.items() if key not in COMPARATORS]
    return [("Published", published), ("Your own", own)] if own else published


def chosen(form: FlowForm) -> Mapping[str, Any]:
    """What was asked, with what stands where nothing was."""
    given = form.cleaned_data if form.is_valid() else {}
    return {
        "team": given.get("team"),
        "comparator": form.comparators[given.get("comparator") or DEFAULT],
        "period": given.get("period") or YEAR,
        "by": given.get("by") or TEAM,
    }


def months_of(period: str, today: date) -> list[date]:
    """The months that a period is of, all of them over."""
    last = last_whole(today)
    if period == QUARTER:
        return [*of_quarter(last_whole_quarter(today))]
    if period == MONTH:
        return [last]
    return months(add_months(last, 1 - MONTHS_IN_YEAR), last)
