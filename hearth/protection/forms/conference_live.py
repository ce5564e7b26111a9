"""What the chair answers in the meeting: who came, each child, the plan, and what if it fails."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from hearth.design.forms import (
    CodeField,
    DateField,
    LateForm,
    LineField,
    MomentField,
    TextField,
    YesNoField,
    need_all,
)
from hearth.people.models import Person
from hearth.plans.forms.rows import MOST, WHO
from hearth.plans.models import Attendance
from hearth.protection.rules.conference import PLANS


class HoldForm(LateForm):
    """The conference as a whole."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    held_at = MomentField(label="When did it begin?", not_future=True)
    quorate_reason = TextField(
        label="If too few agencies came: why does it go ahead?",
        help_text="Otherwise leave this empty, or call the conference again.",
        rows=2,
        required=False,
    )
    late_reason = CodeField(
        "conference_late_reason", label="Why is it after its time limit?", required=False
    )
    danger = TextField(
        label="What is the danger to the children?",
        help_text="What has happened to them, and what may happen if nothing changes.",
        rows=4,
        required=False,
    )
    strengths = TextField(label="What is going well?", rows=3, required=False)
    summary = TextField(
        label="What did the conference find, and why did it decide so?",
        help_text="In a few sentences. The family reads this.",
        rows=4,
    )
    core_group_on = DateField(label="When does the core group first meet?", required=False)
    next_review_on = DateField(label="When is the plan next reviewed?", required=False)

    def __init__(self, *args: Any, is_late: bool, is_review: bool, **options: Any) -> None:
        super().__init__(*args, is_late=is_late, **options)
        if is_review:
            self.fields["core_group_on"].label = "When does the core group next meet?"
        for name in ("core_group_on", "next_review_on"):
            self.fields[name].say_optional = False  # type: ignore[attr-defined]


class MemberPart(forms.Form):
    """Whether one of those asked came, and whether they agreed."""

    attendance = forms.ChoiceField(label="Came?", choices=Attendance.choices)
    in_core_group = forms.BooleanField(label="In the core group", required=False)
    dissent = TextField(label="Where they did not agree", rows=2, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]


class DecisionPart(forms.Form):
    """One child: how they took part, and what is decided for them."""

    participation = CodeField(
        "meeting_participation", label="How did {name} take part?", required=False
    )
    views = TextField(label="What did {name} want the conference to know?", rows=3, required=False)
    views_heard_by = LineField(label="Who heard {name}'s views?", max_length=200, required=False)
    advocate_offered = YesNoField(label="Was an advocate offered?", required=False)
    advocate_name = LineField(label="Who was the advocate?", max_length=200, required=False)
    decision = forms.ChoiceField(
        label="What is decided for {name}?", choices=[], widget=forms.RadioSelect
    )
    category = CodeField("cp_category", label="Category of abuse", required=False)
    significant_harm = YesNoField(
        label="Has {name} suffered significant harm, or is {name} likely to?",
        help_text="A plan says yes. Answer where there is to be none.",
        required=False,
    )
    reason = TextField(
        label="Why, for {name}?",
        help_text="What is particular to this child. Needed where there is to be no plan.",
        rows=2,
        required=False,
    )
    earlier_plans = forms.IntegerField(
        label="Protection plans before, in other authorities",
        min_value=0,
        max_value=20,
        required=False,
    )

    def about(self, child: Person, decisions: Any, *, asks: bool) -> None:
        """Say the child's name; offer what may be decided; and ask what age does not answer."""
        name = child.known_as or child.given_names or "the baby"
        for field in self.fields.values():
            field.label = str(field.label).replace("{name}", name)
            field.say_optional = False  # type: ignore[attr-defined]
        self.fields["decision"].choices = [(d.value, d.label) for d in decisions]  # type: ignore[attr-defined]
        self.fields["participation"].required = asks
        if not any(each == "plan" for each in self.offered):
            del self.fields["earlier_plans"]

    @property
    def offered(self) -> list[str]:
        """The decisions that may be made for this child."""
        return [str(value) for value, _ in self.fields["decision"].choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A plan stands under a category; none has a finding and a reason."""
        said = super().clean() or {}
        decision = said.get("decision")
        if decision in PLANS and not said.get("category"):
            self.add_error("category", "Choose the category of abuse")
        if decision and decision not in PLANS:
            if said.get("significant_harm") is None:
                self.add_error("significant_harm", "Say yes or no")
            if not said.get("reason"):
                self.add_error("reason", "Say why no protection plan is needed")
        return said


class LookedPart(forms.Form):
    """What came of an action set before."""

    rating = CodeField("action_progress", label="How is it going?")
    words = TextField(label="What was done, and what difference has it made?", rows=2)


class ContingencyRow(forms.Form):
    """If this, then that, by whom and how soon, with the chair's view of it."""

    trigger = TextField(
        label="If…", help_text="What would show that it fails.", rows=2, required=False
    )
    action = TextField(label="then…", rows=2, required=False)
    owner = LineField(label="Who does that?", max_length=200, required=False)
    within = LineField(label="How soon?", max_length=100, required=False)
    rating = CodeField(
        "contingency_rating", label="Is it specific, and in proportion?", required=False
    )
    reason = LineField(label="If not: what would make it so?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].widget.attrs["list"] = WHO
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Specific: each of its parts is said, and the chair rates it."""
        said = super().clean() or {}
        if not any(said.values()) and not self.errors:
            return said
        needed = {
            "trigger": "Say what would show that the plan fails",
            "action": "Say what is done then",
            "owner": "Say who does it",
            "within": "Say how soon",
            "rating": "Say whether it is specific and in proportion",
        }
        need_all(self, said, needed)
        rating = said.get("rating")
        if rating and rating != "sound" and not said.get("reason"):
            self.add_error("reason", "Say what would make it specific and in proportion")
        return said


ContingencyRows: "type[BaseFormSet[ContingencyRow]]" = formset_factory(
    ContingencyRow, extra=1, max_num=MOST, absolute_max=MOST
)
