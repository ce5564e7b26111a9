"""Calling a strategy discussion, and recording it live."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, MomentField, TextField, YesNoField
from hearth.people.models import Person
from hearth.plans.models import Attendance, Distribution, How, MeetingMember
from hearth.protection.forms.picking import Offered, PickField, PicksField
from hearth.protection.models import StrategyDecision

MOST_ROWS = 30
OURS = "Children's social care"
CAME = [
    (Attendance.IN_PERSON, "In the room"),
    (Attendance.VIDEO, "By video"),
    (Attendance.TELEPHONE, "By telephone"),
    (Attendance.APOLOGIES, "Sent apologies"),
    (Attendance.ABSENT, "Did not take part"),
]


class CallForm(forms.Form):
    """Why, about whom, and when."""

    concern = TextField(
        label="What is the cause to suspect significant harm?",
        help_text="What was seen, said or found, by whom, and when.",
        rows=6,
    )

    def __init__(self, elsewhere: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if elsewhere:
            self.fields["others"] = PicksField(
                [(child, str(child)) for child in elsewhere],
                label="Other children of the family who live elsewhere",
                help_text="Tick any it is also about. Children at home are always included.",
                required=False,
            )
        self.fields["planned_from"] = MomentField(
            label="When will it be held?",
            help_text="Leave empty if you are holding it now.",
            required=False,
        )
        self.fields["how"] = forms.ChoiceField(
            label="How will it be held?",
            choices=How.choices,
            widget=forms.RadioSelect,
            initial=How.TELEPHONE,
        )


class _WhoForm(forms.Form):
    """Somebody who takes part."""

    agency = CodeField("agency_type", label="Agency", blank_label=OURS, required=False)
    name = LineField(label="Name", required=False, max_length=200)
    role = LineField(label="Role", required=False, max_length=200)
    email = forms.EmailField(label="Secure email", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row with anything in it names somebody."""
        found = super().clean() or {}
        if any(value for name, value in found.items() if name != "agency") and not found.get(
            "name"
        ):
            self.add_error("name", "Enter their name")
        return found


class AskedRow(_WhoForm):
    """Somebody to be asked."""


class JoinedRow(_WhoForm):
    """Somebody who took part and was not on the list."""

    attendance = forms.ChoiceField(
        label="How they took part", choices=[("", "Choose"), *CAME], required=False
    )
    shared = TextField(label="What they told the discussion", rows=3, required=False)
    dissent = TextField(label="What they did not agree with", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody named either took part or did not."""
        found = super().clean()
        if found.get("name") and not found.get("attendance"):
            self.add_error("attendance", "Choose whether they took part")
        return found


AskedRows = forms.formset_factory(AskedRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
JoinedRows = forms.formset_factory(JoinedRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
# The two without whom there is no quorum are asked for first.
MUST_COME: list[dict[str, Any]] = [{"agency": "police"}, {"agency": "hospital"}]


class MemberForm(forms.Form):
    """One who was asked: whether they took part, and what they told."""

    attendance = forms.ChoiceField(label="Took part?", choices=[("", "Choose"), *CAME])
    shared = TextField(label="What they told the discussion", rows=3, required=False)
    dissent = TextField(label="What they did not agree with", rows=2, required=False)


class SafetyForm(forms.Form):
    """One child: safe now or not, and what keeps them so. No child is left out."""

    safe_now = YesNoField(label="Are they safe now?")
    safety = TextField(label="What keeps them safe tonight, and who sees to it?", rows=3)
    staying_with = LineField(label="Where they are staying, and with whom", required=False)
    in_enquiry = YesNoField(label="Does the enquiry include them?", required=False)


class HoldForm(forms.Form):
    """What was decided, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_at = MomentField(label="When was it held?", not_future=True)
    how = forms.ChoiceField(label="How was it held?", choices=How.choices, widget=forms.RadioSelect)
    concern = TextField(label="What is the cause to suspect significant harm?", rows=5)
    decision = forms.ChoiceField(
        label="What was decided?", choices=StrategyDecision.choices, widget=forms.RadioSelect
    )
    rationale = TextField(label="Why", rows=5)
    enquiry_plan = TextField(
        label="If there is an enquiry: who sees whom, when, and any medical",
        help_text="Also how what children say is recorded, and who talks to the family.",
        rows=5,
        required=False,
    )

    def __init__(
        self,
        workers: Offered,
        *args: Any,
        asks_source: bool = False,
        is_late: bool = False,
        goes_on: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not goes_on:
            self._ask_who_leads(workers)
        if asks_source:
            self.fields["referral_source"] = CodeField(
                "referral_source",
                label="Who told us of the concern?",
                help_text="Not every child here has an open case. An enquiry opens one for them.",
                required=False,
            )
        self.fields["legal_advice"] = TextField(label="Legal advice", rows=2, required=False)
        self.fields["next_on"] = DateField(label="When it is discussed again", required=False)
        self.fields["missing_reason"] = CodeField(
            "strategy_missing_reason",
            label="If the police or health did not take part: why?",
            required=False,
        )
        self.fields["missing_agency_reason"] = TextField(
            label="What was done to have them take part?", rows=2, required=False
        )
        self.fields["missing_consulted_on"] = DateField(
            label="When they were asked since", not_future=True, required=False
        )
        if is_late:
            self.fields["late_reason"] = TextField(label="Why is it late?", rows=2, required=False)

    def _ask_who_leads(self, offered: Offered) -> None:
        self.fields["lead"] = PickField(
            offered, label="Who leads the enquiry?", blank="Not decided yet", required=False
        )
        self.fields["co_worker"] = PickField(
            offered,
            label="Who works on it with them?",
            help_text="Needed beside somebody in their assessed and supported year.",
            blank="Nobody",
            required=False,
        )


class SendForm(forms.Form):
    """Whom the record was sent to, and how."""

    def __init__(
        self, unsent: Sequence[MeetingMember], *args: Any, is_late: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["members"] = PicksField(
            [(member, str(member)) for member in unsent],
            label="Who was it sent to?",
            error_messages={"required": "Choose who it was sent to"},
        )
        self.fields["how"] = CodeField("sending_method", label="How was it sent?")
        self.fields["sent_at"] = MomentField(label="When was it sent?", not_future=True)
        if is_late:
            self.fields["late_reason"] = TextField(label="Why is it late?", rows=2)


class ReceivedForm(forms.Form):
    """When it reached somebody."""

    def __init__(self, sendings: Sequence[Distribution], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sending"] = PickField(
            [(sending, str(sending.member)) for sending in sendings], label="Who received it?"
        )
        self.fields["received_at"] = MomentField(label="When?", not_future=True)


class KeepBackForm(forms.Form):
    """From whom it is kept, and why."""

    def __init__(self, unsent: Sequence[MeetingMember], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"] = PickField(
            [(member, str(member)) for member in unsent], label="Who is it kept from?"
        )
        self.fields["reason"] = TextField(label="Why?", rows=3)


class ConsultedForm(forms.Form):
    """When an agency that missed the discussion was asked, and what it said."""

    missing_consulted_on = DateField(label="When were they asked?", not_future=True)
    words = TextField(label="What did they tell you?", rows=4)


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label="Why?", rows=4)


def starting(now: datetime, **known: Any) -> dict[str, Any]:
    """What the form of a discussion being held now begins with."""
    return {"held_at": now.replace(second=0, microsecond=0), "how": How.TELEPHONE, **known}
