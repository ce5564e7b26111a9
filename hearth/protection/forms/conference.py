"""What is asked when a conference is called for, booked, and people are asked to it."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import INDEPENDENT, Role
from hearth.design.forms import CodeField, DateField, LateForm, LineField, MomentField, TextField
from hearth.people.models import Person
from hearth.plans.forms.keeping import GiveBackForm
from hearth.plans.forms.parts import WithParts
from hearth.plans.models import (
    Distribution,
    How,
    MeetingKind,
    MeetingRoom,
    Paper,
)
from hearth.workforce.models import Staff

REASON = "Why is a conference needed?"
HELP = "What has happened, and why it is thought that it may happen again. The chair reads this."
ASKED = "Who must be asked?"
# What may be kept from somebody: all but their invitation.
KEPT_BACK = (Paper.DECISIONS, Paper.RECORD)


class RequestForm(LateForm):
    """The request that follows an enquiry."""

    kind = forms.ChoiceField(
        label="Which kind of conference?",
        choices=[
            (MeetingKind.INITIAL_CONFERENCE, "Initial"),
            (MeetingKind.PRE_BIRTH_CONFERENCE, "Pre-birth: every child is still to be born"),
        ],
        widget=forms.RadioSelect,
        initial=MeetingKind.INITIAL_CONFERENCE,
    )
    reason = TextField(label=REASON, help_text=HELP)
    must_be_asked = TextField(
        label=ASKED,
        help_text="Anybody the record does not show, or who must not meet another.",
        rows=3,
        required=False,
    )
    late_reason = LineField(label="Why is it asked for late?", required=False)


class CallForm(forms.Form):
    """The request that no enquiry here led to."""

    kind = forms.ChoiceField(
        label="Which kind of conference?",
        choices=[
            (MeetingKind.TRANSFER_CONFERENCE, "Transfer-in: another authority's plan moves here"),
            (MeetingKind.PRE_BIRTH_CONFERENCE, "Pre-birth: the child is still to be born"),
        ],
        widget=forms.RadioSelect,
    )
    children = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="About which children?", widget=forms.CheckboxSelectMultiple
    )
    notified_on = DateField(
        label="When did the other authority tell us?",
        help_text="Only for a transfer in: the conference is within 15 working days of it.",
        not_future=True,
        required=False,
    )
    reason = TextField(label=REASON, help_text=HELP)
    must_be_asked = TextField(label=ASKED, rows=3, required=False)

    def __init__(self, *args: Any, children: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        ids = [child.pk for child in children]
        self.fields["children"].queryset = Person.objects.filter(pk__in=ids)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A transfer in is counted from the day of the notice."""
        said = super().clean() or {}
        is_told = said.get("notified_on") or "notified_on" in self.errors
        if said.get("kind") == MeetingKind.TRANSFER_CONFERENCE and not is_told:
            self.add_error("notified_on", "Say when the other authority told us")
        return said


class BookForm(forms.Form):
    """The day, the place, the chair and the note taker."""

    planned_from = MomentField(label="When does it start?")
    planned_to = MomentField(label="When does it end?")
    how = forms.ChoiceField(
        label="How is it held?",
        choices=How.choices,
        widget=forms.RadioSelect,
        initial=How.IN_PERSON,
    )
    room = forms.ModelChoiceField(
        MeetingRoom.objects.none(), label="Room", required=False, empty_label="None"
    )
    place = LineField(label="Anywhere else, or the link to join by", required=False)
    chair = forms.ModelChoiceField(
        User.objects.none(),
        label="Chair",
        empty_label="Choose",
        help_text="Somebody with no part in the case or its management.",
    )
    note_taker = forms.ModelChoiceField(
        User.objects.none(), label="Note taker", required=False, empty_label="Nobody yet"
    )
    moved_reason = LineField(
        label="Why is it moved?",
        help_text="Only if the day, the time or the place changes.",
        required=False,
    )
    late_reason = CodeField(
        "conference_late_reason",
        label="Why is it later than its time limit?",
        help_text="Only where it is.",
        required=False,
    )

    def __init__(self, *args: Any, is_moved: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        self.fields["room"].queryset = MeetingRoom.objects.open_on(today)  # type: ignore[attr-defined]
        self.fields["chair"].queryset = workers_with(*INDEPENDENT)  # type: ignore[attr-defined]
        takers = workers_with(Role.BUSINESS_SUPPORT, *INDEPENDENT)
        self.fields["note_taker"].queryset = takers  # type: ignore[attr-defined]
        if not is_moved:
            del self.fields["moved_reason"]


def workers_with(*roles: Role) -> Any:
    """Who works here now and holds one of these roles, by name."""
    here = Staff.objects.employed_on(timezone.localdate()).values("user")
    found = User.objects.filter(
        is_active=True, roles__overlap=[role.value for role in roles], pk__in=here
    )
    return found.order_by("first_name", "last_name")


class ProposedForm(forms.Form):
    """Those whom the record knows of, each to be asked unless the box is cleared."""

    chosen = forms.MultipleChoiceField(
        label="Whom the record shows",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, proposals: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chosen"].choices = list(proposals)  # type: ignore[attr-defined]
        self.fields["chosen"].initial = [key for key, _ in proposals]
        self.fields["chosen"].say_optional = False  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Somebody the record does not show."""

    name = LineField(label="Name", max_length=200, width="20")
    agency = CodeField(
        "agency_type", label="Agency", required=False, blank_label="Family or friend"
    )
    role = LineField(label="What they are to the family", max_length=200, required=False)
    email = forms.EmailField(label="Email", required=False)
    report_wanted = forms.BooleanField(label="Their report is wanted", required=False)


class InvitationForm(forms.Form):
    """How somebody is asked, and what they need."""

    email = forms.EmailField(label="Email", required=False)
    interpreter = LineField(label="Interpreter", max_length=200, required=False)
    report_wanted = forms.BooleanField(label="Their report is wanted", required=False)
    excluded_reason = TextField(
        label="Why they are kept out of all or part of it",
        help_text="The chair decides this. They are told why, and how their views are heard.",
        rows=3,
        required=False,
    )


class StandDownForm(forms.Form):
    """Why a conference is not to be held."""

    reason = TextField(
        label="Why is it stood down?",
        help_text="What has changed, and how the children are kept safe without it.",
        rows=4,
    )


class RoomForm(forms.Form):
    """A room that meetings are booked into."""

    name = LineField(label="What is the room called?", max_length=100, width="20")
    address = LineField(label="Where is it?", required=False)
    seats = forms.IntegerField(
        label="How many can sit?", min_value=1, max_value=500, required=False
    )
    step_free = forms.BooleanField(label="It can be reached without steps", required=False)


class CloseRoomForm(forms.Form):
    """From when a room is no longer used."""

    closed_on = DateField(label="From which day is it no longer used?")


class DiaryForm(forms.Form):
    """Whose diary to show."""

    chair = forms.ModelChoiceField(
        User.objects.none(), label="Chair", required=False, empty_label="All chairs"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chair"].queryset = workers_with(*INDEPENDENT)  # type: ignore[attr-defined]
        self.fields["chair"].say_optional = False  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User | None:
        """Whose was asked for."""
        return self.cleaned_data.get("chair") if self.is_valid() else None


class RecordForm(forms.Form):
    """What was said."""

    minutes = TextField(
        label="What was said",
        help_text="Who was there, the decisions, the plan and each child's views are drawn from "
        "the record below: do not write them again.",
        rows=14,
        required=False,
    )


class SendForm(WithParts):
    """Who a paper went to, how and when."""

    members = forms.MultipleChoiceField(
        label="Who has it gone to?", widget=forms.CheckboxSelectMultiple
    )
    how = CodeField("sending_method", label="How was it sent?", as_radios=True)
    sent_at = MomentField(label="When?", not_future=True)
    late_reason = LineField(label="Why is it sent late?", required=False)


class KeepFromForm(forms.Form):
    """Which paper is kept from somebody, and why."""

    paper = forms.TypedChoiceField(
        label="Which paper?",
        choices=[(one.value, one.label) for one in KEPT_BACK],
        coerce=Paper,
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="Why is it kept from them?",
        help_text="What harm it would do, and to whom.",
        rows=3,
    )

    def leave_out(self, papers: Collection[str]) -> bool:
        """Offer none that they have or that is kept from them; whether any is left."""
        field: Any = self.fields["paper"]
        field.choices = [one for one in field.choices if one[0] not in papers]
        return bool(field.choices)


class LetHaveForm(GiveBackForm):
    """Which paper that was kept from somebody they may have now, and why."""

    kept = forms.ChoiceField(label="What may they have now?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, kept: Sequence[Distribution], **options: Any) -> None:
        super().__init__(*args, kept=kept, **options)
        if len(self.known) == 1:
            self.fields["kept"].initial = next(iter(self.known))

    def name_of(self, kept: Distribution) -> str:
        """What is chosen among: their papers."""
        return str(Paper(kept.paper).label)


class ReceiptForm(forms.Form):
    """What became of a paper that was sent."""

    became = forms.ChoiceField(
        label="What became of it?",
        choices=[("arrived", "It arrived"), ("returned", "It came back undelivered")],
        widget=forms.RadioSelect,
    )
    received_at = MomentField(label="When did it arrive?", not_future=True, required=False)

    def clean(self) -> dict[str, Any]:
        """What arrived did so at some time."""
        said = super().clean() or {}
        is_told = said.get("received_at") or "received_at" in self.errors
        if said.get("became") == "arrived" and not is_told:
            self.add_error("received_at", "Say when it arrived")
        return said


class ReconveneForm(forms.Form):
    """Why a conference could not go ahead."""

    reason = TextField(
        label="Why could it not go ahead, and what keeps the children safe until it is held?",
        rows=4,
    )
