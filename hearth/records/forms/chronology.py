"""How a chronology is narrowed, and what is asked of an event."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from hearth.design.forms import CodeField, DateField, LineField, TextField
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.records.models import ChronologyEntry, Significance
from hearth.records.models.chronology import EntryQuerySet

ALL, SIGNIFICANT, HIGH = "all", "significant", "high"
SIGNIFICANCES = {
    ALL: list(Significance),
    SIGNIFICANT: [Significance.HIGH, Significance.MEDIUM],
    HIGH: [Significance.HIGH],
}


class ChronologyFilter(forms.Form):
    """Which events to show. The whole choice stands in the page's address."""

    whose = forms.ChoiceField(
        label="Whose story",
        choices=[("child", "This child"), ("siblings", "The sibling group")],
        required=False,
    )
    kind = CodeField("chronology_kind", label="Kind", required=False, blank_label="All kinds")
    significance = forms.ChoiceField(
        label="Significance",
        choices=[(ALL, "Everything"), (SIGNIFICANT, "Medium and high"), (HIGH, "High only")],
        required=False,
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)
    text = LineField(label="Words in it", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})

    @property
    def is_of_siblings(self) -> bool:
        """Whether the whole sibling group's story was asked for."""
        return self.chosen.get("whose") == "siblings"

    def narrow(self, children: Iterable[Person]) -> EntryQuerySet:
        """The events asked for, in these children's stories, the newest first."""
        asked = self.chosen
        found = ChronologyEntry.objects.standing().of_children(*children)
        found = found.between(asked.get("since"), asked.get("until"))
        if kind := asked.get("kind"):
            found = found.filter(kind=kind)
        weight = SIGNIFICANCES.get(asked.get("significance") or ALL, SIGNIFICANCES[ALL])
        if len(weight) < len(SIGNIFICANCES[ALL]):
            found = found.filter(significance__in=weight)
        if text := asked.get("text"):
            found = found.filter(self._holding(text))
        return found.newest_first()

    def _holding(self, text: str) -> Q:
        held = Q(title__icontains=text) | Q(text__icontains=text)
        # A sibling's private words are not told here, not even by finding them.
        return held if self.is_of_siblings else held | Q(private_text__icontains=text)

    def described(self) -> str:
        """What was asked for, as the print says it."""
        asked = self.chosen
        weight = {
            SIGNIFICANT: "events of medium and high significance",
            HIGH: "events of high significance",
        }
        words = [weight.get(asked.get("significance") or "", "all events")]
        if kind := asked.get("kind"):
            words.append(f"of kind {dict(self.fields['kind'].choices)[kind].lower()}")  # type: ignore[attr-defined]
        words += _period_in_words(asked.get("since"), asked.get("until"))
        if text := asked.get("text"):
            words.append(f"with the words “{text}”")
        return " ".join(words)


def _period_in_words(since: date | None, until: date | None) -> list[str]:
    words = [f"from {in_words(since)}"] if since else []
    return [*words, f"to {in_words(until)}"] if until else words


class SignificanceForm(forms.Form):
    """How much an event weighs, and why."""

    significance = forms.ChoiceField(
        label="How significant is it in this child's story?",
        choices=Significance.choices,
        widget=forms.RadioSelect,
    )
    reason = TextField(label="Why?", rows=3)


class ImpactForm(forms.Form):
    """What an event meant for the child."""

    text = TextField(
        label="What did this mean for the child?",
        rows=5,
        help_text="How they were afterwards: what changed in what they said, did or needed.",
    )


class ReviewForm(forms.Form):
    """What a story tells, taken together."""

    text = TextField(
        label="What does the whole story tell you?",
        help_text="What happens again and again, what has changed, and what is missing from it.",
        rows=6,
    )
