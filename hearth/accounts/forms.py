"""The questions of signing in, in the service's words."""

from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.core.exceptions import ValidationError

from hearth.accounts.adapters import in_minutes, note, seconds_locked
from hearth.accounts.models import User

CODE_ATTRIBUTES = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "class": "govuk-input--width-10",
    "spellcheck": "false",
}
PASSWORD_HINT = (
    "At least 12 characters, and none that is often used. Three words that have nothing to do with"  # noqa: S105
    " each other are easy to remember and hard to guess."
)


class InOurWords:
    """Gives a form from the sign-in library our labels and hints, and no placeholders."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if "code" in str(field.widget.attrs.get("autocomplete")):
                field.widget.attrs.update(CODE_ATTRIBUTES)


class SignInForm(InOurWords, account_forms.LoginForm):  # type: ignore[misc]
    """Who is signing in."""

    words: ClassVar = {"login": ("Work email address", ""), "password": ("Password", "")}


class ConfirmForm(InOurWords, account_forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked again before an account is changed."""

    words: ClassVar = {"password": ("Your password", "")}


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password instead of the old one."""

    words: ClassVar = {
        "oldpassword": ("Your password now", ""),
        "password1": ("New password", PASSWORD_HINT),
        "password2": ("New password again", ""),
    }


class NewPasswordForm(InOurWords, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password chosen from a link."""

    words: ClassVar = {
        "password1": ("New password", PASSWORD_HINT),
        "password2": ("New password again", ""),
    }


class ForgottenPasswordForm(InOurWords, account_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""

    words: ClassVar = {"email": ("Work email address", "")}


class WithinLimits:
    """Counts wrong codes, says for how long no more are taken, and writes them to the trail."""

    user: User

    def clean_code(self) -> str:
        """Check the code, unless too many were wrong."""
        key = f"mfa-auth-user-{self.user.pk}"
        if wait := seconds_locked(context.request, key):
            raise ValidationError(f"Too many wrong codes. Try again in {in_minutes(wait)}")
        return str(super().clean_code())  # type: ignore[misc]

    def _emit_authentication_failed(self, authenticator: object) -> None:  # noqa: ARG002
        note("Gave a wrong code", self.user, context.request)


class CodeForm(WithinLimits, InOurWords, code_forms.AuthenticateForm):  # type: ignore[misc]
    """The second factor, typed."""

    words: ClassVar = {
        "code": ("Code", "6 figures from your app, or one of your recovery codes"),
    }


class ConfirmCodeForm(WithinLimits, InOurWords, code_forms.ReauthenticateForm):  # type: ignore[misc]
    """The second factor, asked again before an account is changed."""

    words: ClassVar = CodeForm.words


class StartAppForm(InOurWords, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """Proof that the app makes the right codes."""

    words: ClassVar = {"code": ("Code from the app", "6 figures")}


class AddKeyForm(InOurWords, key_forms.AddWebAuthnForm):  # type: ignore[misc]
    """What to call a passkey."""

    words: ClassVar = {
        "name": ("What to call it", "So that you can tell it from another, such as Work phone"),
        "passwordless": (
            "Let me sign in with this alone, without my password",
            "It must then check that it is you, by your face, fingerprint or PIN",
        ),
    }


class RenameKeyForm(InOurWords, key_forms.EditWebAuthnForm):  # type: ignore[misc]
    """What to call a passkey from now on."""

    words: ClassVar = {"name": ("What to call it", "")}
