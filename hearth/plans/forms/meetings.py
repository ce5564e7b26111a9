"""What is asked about a meeting that carries a plan on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from hearth.design.forms import CodeField, LineField, MomentField, TextField
from hearth.plans.actions import NewMember
from hearth.plans.forms.parts import WithParts
from hearth.plans.gathering import Gathering
from hearth.plans.models import Attendance, How, MeetingRoom

NAMES = 200


class CallForm(forms.Form):
    """Which meeting, when and where."""

    kind = forms.ChoiceField(label="Which meeting?", widget=forms.RadioSelect)
    planned_from = MomentField(label="When is it?", required=False)
    place = LineField(label="Where, or on what line?", required=False)

    def __init__(self, *args: Any, gatherings: Sequence[Gathering], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = [(each.kind.value, each.kind.label) for each in gatherings]
        if len(gatherings) == 1:
            field.initial, field.widget = gatherings[0].kind.value, forms.HiddenInput()


class BookForm(forms.Form):
    """When and where a meeting is."""

    planned_from = MomentField(label="When does it start?")
    planned_to = MomentField(label="When does it end?")
    how = forms.ChoiceField(label="How is it held?", choices=How.choices, widget=forms.RadioSelect)
    room = forms.ModelChoiceField(
        MeetingRoom.objects.none(),
        label="In which of our rooms?",
        required=False,
        empty_label="None of them",
    )
    place = LineField(label="Where else, or on what line?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rooms: Any = self.fields["room"]
        rooms.queryset = MeetingRoom.objects.filter(closed_on=None)


class MemberForm(forms.Form):
    """Somebody to be asked."""

    name = LineField(label="Who is asked?", max_length=NAMES)
    agency = CodeField(
        "agency_type",
        label="For which agency?",
        blank_label="None: of the family, or ours",
        required=False,
    )
    role = LineField(label="What are they to the children?", max_length=NAMES, required=False)
    email = forms.EmailField(label="Email", required=False)
    phone = LineField(label="Telephone", max_length=40, width="20", required=False)
    is_key = forms.BooleanField(
        label="They are always sent the notes", required=False, initial=True
    )

    @property
    def member(self) -> NewMember:
        """Whoever is asked."""
        return NewMember(**self.cleaned_data)


class HoldForm(forms.Form):
    """When a meeting was held, what was said, and when the next is."""

    held_at = MomentField(label="When was it held?", not_future=True)
    minutes = TextField(
        label="What was said and agreed?",
        help_text="Changes to the plan as well. Each child’s own words go below, under their name.",  # noqa: RUF001
        rows=8,
    )
    quorate_reason = TextField(
        label="If two agencies or a parent did not take part: why did it go ahead?",
        rows=2,
        required=False,
    )
    late_reason = TextField(label="Why was it held late?", rows=2, required=False)
    next_at = MomentField(label="When is the next one?", required=False)

    def __init__(self, *args: Any, gathering: Gathering, is_late: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not gathering.must_be_quorate:
            del self.fields["quorate_reason"]
        if not is_late:
            del self.fields["late_reason"]
        if not gathering.step:
            del self.fields["next_at"]

    def clean_next_at(self) -> Any:
        """The next meeting is to come."""
        at = self.cleaned_data["next_at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError("The next meeting must be at a time to come")
        return at


class CamePart(forms.Form):
    """Whether one of those asked came, and what they told."""

    attendance = forms.ChoiceField(
        label="Did they take part?", choices=[("", "Choose"), *Attendance.choices]
    )
    shared = TextField(label="What did they tell the meeting?", rows=2, required=False)


class RatedPart(forms.Form):
    """How an action goes."""

    rating = CodeField("action_progress", label="How is it going?")
    words = TextField(label="What has been done, and what difference has it made?", rows=2)
    finished = forms.BooleanField(
        label="This is finished with: take it out of what is to be done", required=False
    )


class ChildPart(forms.Form):
    """One child's part of a meeting."""

    participation = CodeField("meeting_participation", label="How did {name} take part?")
    views = TextField(label="What does {name} want, in their own words?", rows=3, required=False)
    decision = forms.ChoiceField(label="What was decided for {name}?", widget=forms.RadioSelect)
    reason = TextField(label="Why?", rows=2)

    def __init__(self, *args: Any, decisions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if decisions:
            field: Any = self.fields["decision"]
            field.choices = list(decisions)
        else:
            del self.fields["decision"], self.fields["reason"]


class SendForm(WithParts):
    """To whom the notes go, how and when."""

    members = forms.MultipleChoiceField(label="To whom?", widget=forms.CheckboxSelectMultiple)
    how = CodeField("sending_method", label="How?", as_radios=True)
    sent_at = MomentField(label="When were they sent?", not_future=True, initial=timezone.now)
    late_reason = TextField(label="Why were they sent late?", rows=2, required=False)


class ReceiptsForm(forms.Form):
    """Who has said the notes reached them, and when."""

    sendings = forms.MultipleChoiceField(
        label="Whom have they reached?", widget=forms.CheckboxSelectMultiple
    )
    received_at = MomentField(label="When did they say so?", not_future=True, initial=timezone.now)

    def __init__(self, *args: Any, sendings: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["sendings"]
        self.known = {str(sending.pk): sending for sending in sendings}
        field.choices = [(pk, str(sending.member)) for pk, sending in self.known.items()]

    def clean_sendings(self) -> list[Any]:
        """The sendings themselves."""
        return [self.known[pk] for pk in self.cleaned_data["sendings"]]


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = TextField(label="Why is it called off?", rows=2)
