"""How the sign-in library does things here: no sign-up, lock-out in minutes, all in the trail."""

import base64
import math
import time
from secrets import token_urlsafe
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import TrailKind, User
from hearth.accounts.sessions import BEGAN, SEEN

# What the library tells of, in the trail's words.
TOLD = {
    "account/email/password_changed": "Changed their password",
    "account/email/password_set": "Set a password",
    "account/email/password_reset": "Set a password from a link",
    "mfa/email/totp_activated": "Set up an authenticator app",
    "mfa/email/totp_deactivated": "Stopped using an authenticator app",
    "mfa/email/webauthn_added": "Added a passkey",
    "mfa/email/webauthn_removed": "Removed a passkey",
    "mfa/email/recovery_codes_generated": "Made recovery codes",
    "socialaccount/email/account_connected": "Signed in with the council's service first",
}
FACTOR_GONE = ("mfa/email/totp_deactivated", "mfa/email/webauthn_removed")
# The cookie of a browser that has signed in before, and for how many seconds it is known.
KNOWN, KNOWN_FOR = "hearth_known", 90 * 24 * 3600
METHODS = {"password": "password", "mfa": "second factor", "socialaccount": "council sign-in"}
LOCK_OUT = "login_failed"
NO_MATCH = "The email address or the password is not right"


def note(what: str, worker: User | None, request: HttpRequest | None, reason: str = "") -> None:
    """Write something about signing in to the trail, with where it came from.

    What was typed as the address is not kept unless it is a worker's: people type passwords there.
    """
    origin = f"from {DefaultAccountAdapter(request).get_client_ip(request)}" if request else ""
    words = ". ".join(filter(None, [reason, origin]))
    by = worker or system_worker()
    trail.record(what, worker, by=by, reason=words, kind=TrailKind.SIGN_IN)


def in_minutes(seconds: float) -> str:
    """A wait in words, never less than a minute."""
    minutes = max(1, math.ceil(seconds / 60))
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "incorrect_password": "That is not your password",
        "enter_current_password": "That is not your password",
        "rate_limited": "Too many tries. Wait a few minutes",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes their own account."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Not by the site's name as well: the same login by another address is the same login. A
        # browser that has signed in as this worker is counted by itself, so that nobody elsewhere
        # can lock them out of it.
        login = login_in(credentials)
        return f"{login} {browser}" if (browser := known_browser(request, login)) else login

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, and stop at the limit, saying how long to wait."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action=LOCK_OUT, key=key
        )
        if self._login_failed_rl_usage:
            return
        wait = in_minutes(seconds_locked(request, key))
        note("Tried to sign in while locked out", _account(login_in(credentials)), request)
        raise ValidationError(f"Too many wrong passwords. Try again in {wait}", code="locked_out")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure, and the lock-out it may have brought."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        worker = _account(login_in(credentials))
        if worker is None:
            note("Failed to sign in", None, request, "With an address nobody here has")
            return
        note("Failed to sign in", worker, request, "Wrong password, or a closed account")
        if seconds_locked(request, key):
            note("Locked out", worker, request, "5 wrong passwords in 15 minutes")

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stop whoever has left: the library itself asks only whether the account was closed."""
        if not user.may_sign_in(on=timezone.localdate()):
            note("Failed to sign in", user, request, "The account is closed")
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        stopped: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return stopped

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Have this browser known again as one that this worker signs in from."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_signed_cookie(
            KNOWN,
            f"{user.email.lower()} {token_urlsafe(12)}",
            salt=KNOWN,
            max_age=KNOWN_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, and write it."""
        super().login(request, user)
        now = int(timezone.now().timestamp())
        request.session[BEGAN] = request.session[SEEN] = now
        records = get_authentication_records(request, user)
        ways = [METHODS.get(record["method"], record["method"]) for record in records]
        note("Signed in", user, request, f"By {' and '.join(dict.fromkeys(ways))}" if ways else "")

    def logout(self, request: HttpRequest) -> None:
        """Write it, and end the session."""
        if isinstance(request.user, User):
            note("Signed out", request.user, request)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not again when they signed in within the last five minutes."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the account."""
        return settings.LOGIN_REDIRECT_URL

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """Write to the trail what the library would tell the worker of."""
        if template_prefix in FACTOR_GONE:
            self.request.session.pop("second_factor", None)
        note(TOLD.get(template_prefix, template_prefix), user, self.request)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)


def login_in(credentials: dict[str, Any]) -> str:
    """Who is to be signed in, as it was typed."""
    return str(credentials.get("email") or credentials.get("username") or "").lower()


def known_browser(request: HttpRequest, login: str) -> str:
    """What marks this browser, if this worker has signed in from it; empty when not."""
    kept = request.get_signed_cookie(KNOWN, default="", salt=KNOWN, max_age=KNOWN_FOR) or ""
    whose, _, mark = kept.partition(" ")
    return mark if whose == login else ""


def seconds_locked(request: HttpRequest, key: str) -> float:
    """How long until this login may be tried again; 0 when it may be now."""
    waits = [0.0]
    for rate in ratelimit.get_rates(app="allauth.account", action=LOCK_OUT):
        kept = ratelimit.get_cache_key(
            request, app="allauth.account", action=LOCK_OUT, rate=rate, key=key
        )
        history = cache.get(kept, [])
        if len(history) >= rate.amount:
            waits.append(history[rate.amount - 1] + rate.duration - time.time())
    return max(waits)


def _account(email: str) -> User | None:
    found: User | None = User.objects.filter(email__iexact=email).first() if email else None
    return found


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time codes, recovery codes and passkeys. Their secrets are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or was used already. Wait for the next one",
    }

    def get_totp_issuer(self) -> str:
        """What the app calls us."""
        return "Hearth"

    def encrypt(self, text: str) -> str:
        """Keep a secret so that the database alone does not give it away."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002, ARG002
        """What a new passkey is called until it is given a name."""
        return f"Passkey added {timezone.localdate():%-d %B %Y}"


def _box() -> Fernet:
    key = salted_hmac("hearth.accounts.second-factor", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The council's own sign-in: it opens an account that is here already, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody makes their own account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account by its email address, or stop here."""
        worker, why = account_for(sociallogin)
        if worker is None:
            note("Failed to sign in", None, request, f"Council sign-in: {why}")
            page = render(request, "accounts/no_account.html", status=403)
            raise ImmediateHttpResponse(page)
        if not sociallogin.is_existing:
            sociallogin.connect(request, worker)


def account_for(sociallogin: Any) -> tuple[User | None, str]:
    """The account the council's sign-in opens, or why none.

    It is found by email address, and from then on belongs to that identity: an address given to
    somebody new does not open the account of whoever had it before.
    """
    claims = sociallogin.account.get_provider_account().get_user_data() or {}
    email = str(claims.get("email") or "").lower()
    domain = settings.OIDC_DOMAIN
    if not email or claims.get("email_verified") is False:
        return None, "no email address that the service vouches for"
    if domain and not email.endswith(f"@{domain}"):
        return None, "an address outside the council"
    worker = User.objects.filter(email__iexact=email).first()
    if worker is None or not worker.may_sign_in(on=timezone.localdate()):
        return None, "no account, or a closed one"
    if sociallogin.state.get("process") == "connect":
        return None, "accounts are not joined by hand"
    known = SocialAccount.objects.filter(user=worker).exclude(uid=sociallogin.account.uid)
    other = sociallogin.is_existing and sociallogin.user.pk != worker.pk
    if other or known.exists():
        return None, f"{worker.pk}'s address now belongs to a different identity"
    return worker, ""
