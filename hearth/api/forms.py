"""What is asked about a service that may ask."""

from typing import Any

from django import forms

from hearth.api.signing import why_not_a_key
from hearth.design.forms import LineField


class LetAskForm(forms.Form):
    """Which service, and its key."""

    name = LineField(label="What is the service called?", max_length=200)
    key_name = forms.SlugField(
        label="A short name for it",
        help_text="Letters, digits and hyphens. It is sent with each question.",
        max_length=60,
    )
    public_key = LineField(
        label="Its public key",
        help_text="An Ed25519 public key in base64. Never ask for their private key.",
        max_length=60,
    )
    contact = LineField(
        label="Whom do we ring there?", help_text="A name and a telephone.", max_length=200
    )
    an_hour = forms.IntegerField(
        label="How many questions in an hour?", min_value=1, max_value=10_000, initial=60
    )

    def clean_public_key(self) -> Any:
        """A key, whole."""
        key = self.cleaned_data["public_key"]
        if why := why_not_a_key(key):
            raise forms.ValidationError(why)
        return key


class StopForm(forms.Form):
    """Why it may ask no more."""

    reason = LineField(label="Why may it ask no more?", max_length=500)
