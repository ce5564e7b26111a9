"""What is asked about a visit: planned, made or attempted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.accounts.models import User
from hearth.design.forms import (
    CodeField,
    DateField,
    LineField,
    MomentField,
    TextField,
    TimeField,
    YesNoField,
)
from hearth.people.forms.others import OthersField, offer
from hearth.people.models import Person
from hearth.records.forms.shared import EditForm, OnceForm
from hearth.records.models.visits import NOT_PROVIDED

ALONE, WITH_OTHERS, NOT_SEEN, NOT_PART = "alone", "with_others", "not_seen", "not_part"
SIGHT = [
    (ALONE, "Seen alone"),
    (WITH_OTHERS, "Seen, but not alone"),
    (NOT_SEEN, "Not seen"),
]
MADE, ATTEMPTED = "made", "attempted"
SEEN = {ALONE: (True, True), WITH_OTHERS: (True, False), NOT_SEEN: (False, None)}


class VisitAccount(forms.Form):
    """The account of a visit, in four short prompts, and who was there."""

    happened_at = MomentField(label="When was it?", not_future=True, initial=timezone.now)
    place = LineField(label="Where?", max_length=200, required=False, initial="Home")
    announced = YesNoField(label="Did they know you were coming?", required=False)
    present = LineField(
        label="Who else was there?",
        max_length=500,
        required=False,
        help_text="Adults and anyone else, by name.",
    )
    account = TextField(
        label="What happened, and what was said?",
        required=False,
        rows=5,
        help_text="A few sentences that every child on the visit shares.",
    )
    home = TextField(label="What was the home like?", required=False, rows=3)
    worries = TextField(label="What worries you, and what is going well?", required=False, rows=3)
    agreed = TextField(label="What was agreed, and what happens next?", required=False, rows=3)
    concern = YesNoField(
        label="Is there a new concern about any child's safety?",
        required=False,
        help_text="If there is, tell your manager today as well.",
    )
    strategy_asked = YesNoField(
        label="If there is, do you ask for a strategy discussion?",
        required=False,
        help_text="It goes to the managers of the case at once, to be held within a working day.",
    )

    understood = CodeField(
        "visit_understood",
        label="How was what they need to be understood provided?",
        required=False,
    )
    understood_detail = LineField(
        label="If it was not provided, why not?", max_length=500, required=False
    )

    def __init__(self, *args: Any, needs: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("strategy_asked", "understood", "understood_detail"):
            self.fields[name].say_optional = False  # type: ignore[attr-defined]
        self.fields["understood"].help_text = f"On their record: {'; '.join(needs)}."
        if not needs:
            del self.fields["understood"], self.fields["understood_detail"]

    def _check_understood(self, cleaned: dict[str, Any]) -> None:
        """Left open it stops nobody, at the door or without signal: a check finds it afterwards."""
        if cleaned.get("understood") == NOT_PROVIDED and not cleaned.get("understood_detail"):
            self.add_error("understood_detail", "Say why it was not provided")

    def clean(self) -> dict[str, Any]:
        """A new concern is followed by a discussion asked for, or by what happens instead."""
        cleaned = super().clean() or {}
        if "understood" in self.fields:
            self._check_understood(cleaned)
        if not cleaned.get("concern"):
            cleaned["strategy_asked"] = None
        elif cleaned.get("strategy_asked") is None and "strategy_asked" not in self.errors:
            self.add_error("strategy_asked", "Say whether you ask for a strategy discussion")
        elif cleaned["strategy_asked"] is False and not cleaned.get("agreed"):
            self.add_error(
                "agreed", "Say what happens next, as no strategy discussion is asked for"
            )
        return cleaned


class VisitForm(OnceForm, VisitAccount):
    """A visit that was made or attempted."""

    kind = CodeField("visit_kind", label="What kind of visit was it?")
    outcome = forms.ChoiceField(
        label="Was the visit made?",
        choices=[(MADE, "Yes"), (ATTEMPTED, "No: nobody in, or no reply")],
        widget=forms.RadioSelect,
        initial=MADE,
    )
    next_visit_on = DateField(label="When is the next visit?", required=False)
    field_order = ("uuid", "kind", "outcome", "happened_at", "place", "announced", "present")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["account"].say_optional = False  # type: ignore[attr-defined]

    def clean_next_visit_on(self) -> date | None:
        """The next visit is still to come."""
        day: date | None = self.cleaned_data["next_visit_on"]
        if day is not None and day < self.today:
            raise ValidationError("The next visit must be today or later")
        return day

    def clean(self) -> dict[str, Any]:
        """A visit that was made has an account; one that was not has only its time."""
        cleaned = super().clean() or {}
        cleaned["attempted"] = cleaned.pop("outcome", MADE) == ATTEMPTED
        if not cleaned["attempted"] and not cleaned.get("account") and "account" in cleaned:
            self.add_error("account", "Say what happened on the visit, in a few sentences")
        return cleaned


class EditVisitForm(EditForm, VisitAccount):
    """A visit being put right on the day it was recorded."""


class VisitPart(forms.Form):
    """One child's part of a visit: were they seen, and what is theirs alone."""

    sight = forms.ChoiceField(
        label="Was {name} seen?", choices=SIGHT, widget=forms.RadioSelect, required=False
    )
    where_seen = LineField(label="Where was {name} seen?", max_length=200, required=False)
    bedroom_seen = YesNoField(label="Did you see where {name} sleeps?", required=False)
    reason = CodeField("seen_alone_reason", label="Why not, or not alone?", required=False)
    reason_detail = LineField(label="Anything more about why", max_length=500, required=False)
    own_words = TextField(
        label="What did {name} say, in their own words?",
        required=False,
        rows=3,
        help_text="Words, drawing, play or manner. Private to them.",
    )
    observation = TextField(
        label="What did you see of {name}, and what do you make of it?",
        required=False,
        rows=3,
        help_text="Private to them: shown on no other child's record.",
    )

    def settle(self, child: Person, *, is_first: bool) -> None:
        """A sibling need not have been part of the visit."""
        for name in ("sight", "reason"):
            self.fields[name].say_optional = False  # type: ignore[attr-defined]
        field = self.fields["sight"]
        if not is_first and isinstance(field, forms.ChoiceField):
            name = child.known_as or child.given_names
            field.choices = [*SIGHT, (NOT_PART, f"This visit was not about {name}")]

    def clean(self) -> dict[str, Any]:
        """What was seen, as data; and why not, where the child was not seen alone."""
        cleaned = super().clean() or {}
        if self.is_attempt:
            return self._not_seen(cleaned)
        sight = cleaned.get("sight")
        if sight == NOT_PART:
            return self._not_part(cleaned)
        if not sight and "sight" not in self.errors:
            self.add_error("sight", "Say whether they were seen, and alone")
        elif sight in (WITH_OTHERS, NOT_SEEN) and not cleaned.get("reason"):
            alone = " alone" if sight == WITH_OTHERS else ""
            self.add_error("reason", f"Say why they were not seen{alone}")
        seen, alone_too = SEEN.get(sight or "", (None, None))
        if sight == ALONE:
            cleaned["reason"] = cleaned["reason_detail"] = ""
        return cleaned | {"seen": seen, "seen_alone": alone_too, "included": True}

    @property
    def is_attempt(self) -> bool:
        """Whether the visit itself was only attempted, as the form beside this one says."""
        return self.data.get("outcome") == ATTEMPTED

    def _not_seen(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        included = cleaned.get("sight") != NOT_PART
        reason = cleaned.get("reason") or "not_home"
        return cleaned | {
            "seen": False,
            "seen_alone": None,
            "reason": reason,
            "included": included,
        }

    def _not_part(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if any(cleaned.get(name) for name in ("own_words", "observation", "where_seen")):
            raise ValidationError(
                "Say that they were part of the visit, or take out the words written for them"
            )
        return cleaned | {"included": False}


class PlanForm(forms.Form):
    """A visit to come."""

    kind = CodeField("visit_kind", label="What kind of visit is it?")
    planned_on = DateField(label="On what day?")
    planned_time = TimeField(label="At what time?", required=False)
    place = LineField(label="Where?", max_length=200, required=False, initial="Home")
    announced = YesNoField(label="Will they know you are coming?", required=False)
    worker = forms.ModelChoiceField(label="Who is going?", queryset=User.objects.none())
    also = OthersField(label="Which other children is it for?")

    def __init__(
        self, *args: Any, today: date, colleagues: Any, siblings: list[Person], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["worker"].queryset = colleagues  # type: ignore[attr-defined]
        offer(self, "also", siblings)

    def clean_planned_on(self) -> date:
        """A visit is planned for a day to come."""
        day: date = self.cleaned_data["planned_on"]
        if day < self.today:
            raise ValidationError("The day must be today or later. Record a visit already made")
        return day


class MoveForm(forms.Form):
    """Another day, or another worker, for a planned visit; or that it will not be made."""

    planned_on = DateField(label="On what day?", required=False)
    planned_time = TimeField(label="At what time?", required=False)
    worker = forms.ModelChoiceField(label="Who is going?", queryset=User.objects.none())
    cancelled_reason = LineField(
        label="If it is not going to be made, why not?", max_length=500, required=False
    )

    def __init__(self, *args: Any, today: date, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["worker"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day to come, unless it is cancelled."""
        cleaned = super().clean() or {}
        day = cleaned.get("planned_on")
        if not cleaned.get("cancelled_reason") and "planned_on" not in self.errors:
            if day is None:
                self.add_error("planned_on", "Enter the day, or say why it will not be made")
            elif day < self.today:
                self.add_error("planned_on", "The day must be today or later")
        return cleaned
