"""From whom the notes of a meeting are kept, and who may have them after all."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.design.forms import TextField
from hearth.plans.models import Distribution, MeetingMember


class KeepForm(forms.Form):
    """From whom the notes are kept, and why."""

    prefix = "keep"
    member = forms.ChoiceField(label="From whom?", widget=forms.RadioSelect)
    reason = TextField(
        label="Why are they kept from them?",
        help_text="What harm it would do, and to whom: an address they must not learn, for one.",
        rows=3,
    )

    def __init__(self, *args: Any, members: Sequence[MeetingMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(member.pk): member for member in members}
        field: Any = self.fields["member"]
        field.choices = [(pk, str(member)) for pk, member in self.known.items()]

    def clean_member(self) -> MeetingMember:
        """The member themself."""
        return self.known[self.cleaned_data["member"]]


class GiveBackForm(forms.Form):
    """Who may have the notes that were kept from them, and why now."""

    prefix = "give"
    kept = forms.ChoiceField(label="Who may have them now?", widget=forms.RadioSelect)
    reason = TextField(label="What has changed?", rows=2)

    def __init__(self, *args: Any, kept: Sequence[Distribution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in kept}
        field: Any = self.fields["kept"]
        field.choices = [(pk, self.name_of(one)) for pk, one in self.known.items()]

    def name_of(self, kept: Distribution) -> str:
        """What is chosen among: whoever it is kept from."""
        return str(kept.member)

    def clean_kept(self) -> Distribution:
        """What was kept back."""
        return self.known[self.cleaned_data["kept"]]
