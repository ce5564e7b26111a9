"""Giving cases to workers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from hearth.accounts.models import User
from hearth.casework.allocating import Candidate
from hearth.casework.models import AllocationRole, Episode
from hearth.design.forms import CodeField, DateField, LineField, TextField
from hearth.workforce.models import Staff, Team

ASKED = (1, 2, 3)


class WhereForm(forms.Form):
    """Whose workers to show, and for what part."""

    team = forms.TypedChoiceField(label="Team", empty_value=None)
    part = forms.ChoiceField(label="Part in the case", choices=AllocationRole.choices)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        # Asked for once: both to choose from, and to know the one chosen.
        self.teams = {str(team.pk): team for team in Team.objects.open_on(today)}
        named = [(pk, str(team)) for pk, team in self.teams.items()]
        team = self.fields["team"]
        team.choices, team.coerce = [("", "Choose"), *named], self.teams.get  # type: ignore[attr-defined]


class AllocateForm(forms.Form):
    """Whose case, to whom, from when, and with what direction."""

    children = forms.MultipleChoiceField(
        label="Which children?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child"},
    )
    worker = forms.ChoiceField(label="Who will have the case?", widget=forms.RadioSelect)
    on = DateField(label="From which day?", not_future=True)
    direction = TextField(
        label="Your direction to the worker",
        help_text="What matters most for these children, and what to do first.",
        rows=5,
    )
    change_reason = CodeField("allocation_change_reason", label="Why is the worker changing?")
    over_limit_reason = LineField(
        label="Why is it right to go over the limit?",
        help_text="Only if the worker you choose would go over their limit.",
        max_length=1000,
        required=False,
    )
    late_reason = LineField(label="Why is the allocation late?", max_length=500)

    def __init__(
        self,
        *args: Any,
        episodes: Sequence[Episode],
        candidates: Iterable[Candidate],
        part: str,
        changes: bool,
        is_late: bool,
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.workers = {str(c.worker.pk): c.worker for c in candidates if not c.refusals}
        self.episodes = {str(episode.pk): episode for episode in episodes}
        children, worker = self.fields["children"], self.fields["worker"]
        children.choices = [(pk, str(e.child)) for pk, e in self.episodes.items()]  # type: ignore[attr-defined]
        children.initial = list(self.episodes)
        worker.choices = [(pk, str(user)) for pk, user in self.workers.items()]  # type: ignore[attr-defined]
        self.fields["on"].initial = today
        for number in ASKED:
            self.fields[f"ask_{number}"] = LineField(
                label="What is to be done", max_length=500, required=False
            )
            self.fields[f"ask_{number}_by"] = DateField(label="By when", required=False)
        is_lead = part == AllocationRole.LEAD
        self.fields["direction"].required = is_lead
        self._drop("change_reason", unless=changes and is_lead)
        self._drop("late_reason", unless=is_late and is_lead)
        self._drop("over_limit_reason", unless=is_lead)

    def _drop(self, name: str, *, unless: bool) -> None:
        if not unless:
            del self.fields[name]

    @property
    def asked_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """What is asked and by when, row by row."""
        return [(self[f"ask_{number}"], self[f"ask_{number}_by"]) for number in ASKED]

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into episodes, a worker, and what is asked with its dates."""
        cleaned = super().clean() or {}
        asked = []
        for number in ASKED:
            text, day = cleaned.pop(f"ask_{number}", ""), cleaned.pop(f"ask_{number}_by", None)
            if text and day is None:
                self.add_error(f"ask_{number}_by", "Say by when")
            elif day is not None and not text:
                self.add_error(f"ask_{number}", "Say what is to be done by then")
            elif text:
                asked.append((text, day))
        cleaned["asked"] = asked
        cleaned["episodes"] = [self.episodes[pk] for pk in cleaned.pop("children", [])]
        if "worker" in cleaned:
            cleaned["worker"] = self.workers[cleaned["worker"]]
        return cleaned


class EndAllocationForm(forms.Form):
    """When a part in a case ended."""

    on = DateField(label="Which was the first day they no longer had it?", not_future=True)


class HandOverForm(forms.Form):
    """Who takes all that one worker has."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="Who will have it all?", empty_label="Choose"
    )
    on = DateField(label="From which day?", not_future=True)
    change_reason = CodeField("allocation_change_reason", label="Why is the worker changing?")
    direction = TextField(
        label="Your direction to the new worker",
        help_text="Said of every case: what matters most, and how each family meets them.",
        rows=4,
    )
    over_limit_reason = LineField(
        label="Why is it right to go over the limit?",
        help_text="Only if they would go over their limit.",
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, team: Team, leaver: User, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=Staff.objects.in_team_on(team, today).values("user_id"), is_active=True
        ).exclude(pk=leaver.pk)
        self.fields["on"].initial = today
