"""Making a section 47 enquiry, part by part, and deciding on it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, MomentField, TextField, YesNoField
from hearth.people.models import Person
from hearth.protection.forms.picking import Offered, PickField
from hearth.protection.models import EnquiryOutcome

AUTHORISE, RETURN = "authorise", "return"


class WriteForm(forms.Form):
    """Of the family as a whole. Anything may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    home_seen_on = DateField(label="When was the home seen?", not_future=True, required=False)
    home = TextField(label="What is the home like, and what was seen there?", required=False)
    history = TextField(
        label="What does the history mean now?",
        help_text="Earlier contacts, enquiries, plans and court orders; of the parents too.",
        required=False,
    )
    analysis = TextField(label="What does all this mean for the family?", rows=7, required=False)


class ChildPartForm(forms.Form):
    """Of one child. When they were seen comes from the visits."""

    not_seen_why = TextField(label="If they have not been seen: why not?", rows=2, required=False)
    not_alone_reason = CodeField(
        "seen_alone_reason",
        label="If they have not been seen alone: why not?",
        required=False,
    )
    bedroom_seen = YesNoField(label="Was their bedroom seen?", required=False)
    words = TextField(
        label="What they say, in their own words",
        help_text="What is written on a visit is shown here already.",
        rows=4,
        required=False,
    )
    presentation = TextField(label="How they are, and how they came across", rows=3, required=False)
    medical_needed = YesNoField(label="Is a medical needed?", required=False)
    medical_why_not = TextField(label="If not, why not?", rows=2, required=False)
    analysis = TextField(label="What it means for them", rows=5, required=False)
    outcome = forms.ChoiceField(
        label="What was found?",
        choices=EnquiryOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    outcome_reason = TextField(label="Why that was found", rows=3, required=False)
    no_conference_reason = TextField(
        label="If harm was found and no conference is to be held: why not?",
        help_text="A service manager must agree.",
        rows=2,
        required=False,
    )


class LeadForm(forms.Form):
    """Who leads, and who works on it with them."""

    def __init__(self, workers: Offered, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = list(workers)
        self.fields["worker"] = PickField(offered, label="Who leads it?")
        self.fields["co_worker"] = PickField(
            offered,
            label="Who works on it with them?",
            help_text="Needed beside somebody in their assessed and supported year.",
            blank="Nobody",
            required=False,
        )
        self.fields["reason"] = TextField(label="Why, if it changes hands", rows=2, required=False)


class ParentForm(forms.Form):
    """What a parent or carer says, or why they were not seen."""

    def __init__(self, family: Offered, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = PickField(
            family, label="Who?", blank="Somebody not listed", required=False
        )
        self.fields["name"] = LineField(
            label="If not listed: their name", max_length=200, required=False
        )
        self.fields["relationship"] = LineField(
            label="What they are to the children", max_length=200, required=False
        )
        self.fields["seen_on"] = DateField(
            label="When were they seen?", not_future=True, required=False
        )
        self.fields["account"] = TextField(label="What do they say?", required=False)
        self.fields["not_seen_reason"] = CodeField(
            "parent_not_seen_reason", label="If they were not seen: why not?", required=False
        )
        self.fields["not_seen_detail"] = TextField(
            label="What was done to see them?", rows=2, required=False
        )


class AskAgencyForm(forms.Form):
    """Who was asked what they know."""

    def __init__(self, children: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"] = CodeField("agency_type", label="Which agency was asked?")
        self.fields["contact"] = LineField(label="Who was asked there?", required=False)
        self.fields["child"] = PickField(
            [(child, str(child)) for child in children],
            label="About whom?",
            blank="All the children",
            required=False,
        )
        self.fields["asked_on"] = DateField(label="When were they asked?", not_future=True)


class AnswerForm(forms.Form):
    """What an agency said, or why there is no answer."""

    answered_on = DateField(label="When did they answer?", not_future=True, required=False)
    said = TextField(label="What did they tell you?", required=False)
    no_answer = TextField(
        label="If there is no answer: why not, and what was done?", rows=2, required=False
    )


class MedicalForm(forms.Form):
    """A medical asked for."""

    def __init__(self, children: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["child"] = PickField([(c, str(c)) for c in children], label="Whose?")
        self.fields["kind"] = CodeField("medical_kind", as_radios=True, label="What kind?")
        self.fields["incident_at"] = MomentField(
            label="When is the harm thought to have happened?",
            help_text="After sexual abuse an examination is within 72 hours.",
            not_future=True,
            required=False,
        )
        self.fields["requested_at"] = MomentField(label="When was it asked for?", not_future=True)
        self.fields["provider"] = LineField(label="Who will do it, and where?", required=False)
        self.fields["offered_for"] = MomentField(label="When is it to be?", required=False)


class MedicalDoneForm(forms.Form):
    """What came of it."""

    offered_for = MomentField(label="When is it to be?", required=False)
    done_at = MomentField(label="When was it done?", not_future=True, required=False)
    findings = TextField(label="What was found?", rows=5, required=False)
    not_done_reason = TextField(label="If it was not done: why not?", rows=3, required=False)


class NightForm(forms.Form):
    """Which night."""

    night_of = DateField(label="Which night?", not_future=True)


class NightPartForm(forms.Form):
    """Where one child sleeps."""

    at_home = YesNoField(label="At home?", required=False)
    place = LineField(label="Where?", required=False)
    with_whom = LineField(label="With whom?", required=False)
    decided_by_name = LineField(label="Who decided?", max_length=200, required=False)
    reason = TextField(label="Why there?", rows=2, required=False)


class SubmitForm(forms.Form):
    """Nothing more is asked, unless it is late."""

    def __init__(self, *args: Any, is_late: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_late:
            self.fields["late_reason"] = TextField(label="Why is it late?", rows=3)


class DecideForm(forms.Form):
    """Authorise it, or return it."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[(AUTHORISE, "Authorise it"), (RETURN, "Return it to be changed")],
        widget=forms.RadioSelect,
    )
    comments = TextField(
        label="Why",
        help_text="If you return it, what must change.",
        rows=5,
    )


class NoConferenceForm(forms.Form):
    """For which child no conference is agreed, and why."""

    def __init__(self, children: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["child"] = PickField([(c, str(c)) for c in children], label="For which child?")
        self.fields["reason"] = TextField(label="Why need there be no conference?", rows=4)


class ToldForm(forms.Form):
    """When each was told in writing."""

    family_told_on = DateField(
        label="When were the parents and the children told in writing?",
        not_future=True,
        required=False,
    )
    agencies_told_on = DateField(
        label="When were the agencies told in writing?", not_future=True, required=False
    )
