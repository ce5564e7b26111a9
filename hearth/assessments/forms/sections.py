"""Each section's form: what is shared, and each child's part."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.assessments.forms.asking import (
    SectionForm,
    ask,
    ask_code,
    ask_date,
    ask_line,
    ask_yes_no,
)
from hearth.assessments.models import CLOSES, AssessmentKind, Outcome
from hearth.assessments.questions import IDENTITY, NEEDS, QUESTIONS
from hearth.assessments.rules import Child, why_factors_not_valid
from hearth.casework.forms.closing import offer_fitting
from hearth.design.forms import CodeField, CodesField, TextField
from hearth.lib.codes import code_set

MOST_ROWS = 30
# What a visit on the record already says.
TOLD_BY_VISITS = (
    "seen_on",
    "seen_where",
    "seen_by",
    "seen_alone",
    "seen_alone_reason",
    "not_seen_why",
)


class PlanForm(SectionForm):
    """What the assessment set out to do."""

    people_to_see = ask("people_to_see", rows=3)
    agencies_to_ask = ask("agencies_to_ask", rows=3)
    questions = ask("questions", rows=3)


class FamilyForm(SectionForm):
    """Parenting capacity, and the family and environment."""

    parenting_capacity = ask("parenting_capacity", rows=8)
    family_environment = ask("family_environment", rows=8)


class HistoryForm(SectionForm):
    """How the history was considered."""

    history_considered = ask("history_considered", rows=6)


class FamilyAnalysisForm(SectionForm):
    """What it means for the family."""

    family_analysis = ask("family_analysis", rows=8)


class ChildForm(SectionForm):
    """One child's part of a section."""

    def __init__(self, *args: Any, kind: str = AssessmentKind.SINGLE, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **options)

    def about(self, child: Child) -> None:
        """Leave out what need not or cannot be asked of this child."""


class VoiceForm(ChildForm):
    """When a child was seen, and what they say."""

    child_words = ask("child_words", rows=6)
    words_obtained = ask_code("words_obtained", "direct_work_tool")
    words_changed = ask("words_changed", rows=3)
    how_safe = ask(
        "how_safe",
        forms.TypedChoiceField,
        coerce=int,
        empty_value=None,
        choices=[("", "Not told"), *((n, str(n)) for n in range(1, 11))],
    )
    how_safe_on = ask_date("how_safe_on")
    day_in_life = ask("day_in_life", rows=6)
    seen_on = ask_date("seen_on")
    seen_where = ask_line("seen_where")
    seen_by = ask_line("seen_by")
    seen_alone = ask_yes_no("seen_alone")
    seen_alone_reason = ask_code("seen_alone_reason", "seen_alone_reason")
    not_seen_why = ask("not_seen_why", rows=2)

    def about(self, child: Child) -> None:
        """An unborn child is neither seen nor heard; and a visit on record is not asked again."""
        if child.is_unborn:
            self.notice = f"{child.name} is not yet born."
            self.fields = {"read": self.fields["read"]}
        elif any(seen.visit and seen.by_social_worker for seen in child.seen):
            for name in TOLD_BY_VISITS:
                del self.fields[name]


class NeedsForm(ChildForm):
    """What a child needs, in every part of their development."""


class IdentityForm(ChildForm):
    """What each part of a child's identity means to them."""


for _question in NEEDS.child:
    NeedsForm.base_fields[_question.field] = ask(_question.field, rows=4)
for _question in IDENTITY.child:
    IdentityForm.base_fields[_question.field] = ask(_question.field, rows=3)


class RowForm(forms.Form):
    """One coded row: which, and how. A row left wholly empty is not a row."""

    SETS = {"risks": "assessment_factors", "protections": "protective_factor"}
    HOW = {"risks": "How does it put {name} at risk?", "protections": "How does it protect {name}?"}
    WHICH = {"risks": "Which risk?", "protections": "What protects?"}

    def __init__(self, *args: Any, of: str, name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = CodeField(self.SETS[of], label=self.WHICH[of], required=False)
        self.fields["text"] = TextField(
            label=self.HOW[of].replace("{name}", name), required=False, rows=2
        )
        for field in self.fields.values():
            field.say_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both, or neither."""
        found = super().clean() or {}
        code, text = found.get("code"), found.get("text")
        if code and not text:
            self.add_error("text", "Say how")
        if text and not code:
            self.add_error("code", "Choose which")
        return found


RowFormSet = forms.formset_factory(RowForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class RiskForm(ChildForm):
    """What puts a child at risk, what protects them, and how great the risk is."""

    risk_rating = ask_code("risk_rating", "risk_rating", as_radios=True)
    risk_rationale = ask("risk_rationale", rows=4)
    OF = ("risks", "protections")

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        self.name = ""
        self.row_data = data
        self.rows: dict[str, Any] = {of: self._rows(of) for of in self.OF}

    def about(self, child: Child) -> None:
        """Say the child's name in the rows too."""
        self.name = child.first_name
        self.rows = {of: self._rows(of) for of in self.OF}

    @property
    def risks_legend(self) -> str:
        """The question above the risks."""
        return QUESTIONS["risks"].asked_of(self.name)

    @property
    def protections_legend(self) -> str:
        """The question above what protects."""
        return QUESTIONS["protections"].asked_of(self.name)

    def _rows(self, of: str) -> Any:
        known = [{"code": code, "text": text} for code, text in self.initial.get(of, ())]
        return RowFormSet(
            self.row_data,
            prefix=f"{self.prefix}-{of}",
            initial=known,
            form_kwargs={"of": of, "name": self.name},
        )

    def clean(self) -> dict[str, Any]:
        """Take the rows with the answers; say which row is wrong, in the list of errors too."""
        found = super().clean() or {}
        for of, rows in self.rows.items():
            if not rows.is_valid():
                self._say_which(of, rows)
            found[of] = [
                (row.cleaned_data["code"], row.cleaned_data["text"])
                for row in rows
                if row.is_valid() and row.cleaned_data.get("code")
            ]
        return found

    def _say_which(self, of: str, rows: Any) -> None:
        what = {"risks": "Risk", "protections": "What protects"}[of]
        for number, row in enumerate(rows, 1):
            for errors in row.errors.values():
                self.add_error(None, f"{what}, row {number}: {errors[0]}")
        for error in rows.non_form_errors():
            self.add_error(None, error)


class ConclusionForm(ChildForm):
    """What it means for a child, and what is decided."""

    analysis = ask("analysis", rows=8)
    factors = ask(
        "factors",
        CodesField,
        "assessment_factors",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    outcome = ask("outcome", forms.ChoiceField, widget=forms.RadioSelect, choices=[])
    closure_reason = ask_code("closure_reason", "cin_closure_reason")
    refused: Mapping[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = outcomes_for(self.kind)  # type: ignore[attr-defined]

    def about(self, child: Child) -> None:
        """Offer the reasons for closing that fit what this child's case has been."""
        self.refused = child.reasons_refused
        offer_fitting(self.fields["closure_reason"], self.refused, today=timezone.localdate())

    def clean_factors(self) -> list[str]:
        """No factors found stands alone."""
        factors: list[str] = self.cleaned_data["factors"]
        if factors and (why := why_factors_not_valid(factors)):
            raise ValidationError(why[:1].upper() + why[1:])
        return factors

    def clean(self) -> dict[str, Any]:
        """A reason for closing where the case closes: early help and no further action have one."""
        found = super().clean() or {}
        if found.get("outcome") in CLOSES and not found.get("closure_reason"):
            found["closure_reason"] = usual_reason(found["outcome"], self.refused)
        elif found.get("outcome") not in CLOSES:
            found["closure_reason"] = ""
        return found


def outcomes_for(kind: str) -> Sequence[tuple[str, str]]:
    """What an assessment of this kind can lead to."""
    core = Outcome.CORE_ASSESSMENT
    return [choice for choice in Outcome.choices if choice[0] != core or kind == "initial"]


def usual_reason(outcome: str, refused: Collection[str] = ()) -> str:
    """The census's reason for closing that goes with an outcome, on a day when it was in use.

    A case that was more than assessed closes because it is no longer in need, not after assessment.
    """
    if "RC8" in refused:
        return "RC7"
    reason = "RC9" if outcome == Outcome.EARLY_HELP else "RC8"
    in_use = code_set("cin_closure_reason").is_valid(reason, on=timezone.localdate())
    return reason if in_use else "RC8"


SHARED = {
    "plan": PlanForm,
    "family": FamilyForm,
    "history": HistoryForm,
    "conclusion": FamilyAnalysisForm,
}
PARTS: dict[str, type[ChildForm]] = {
    "voice": VoiceForm,
    "needs": NeedsForm,
    "identity": IdentityForm,
    "risk": RiskForm,
    "conclusion": ConclusionForm,
}
