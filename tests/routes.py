"""Every address of Hearth, with what guards it."""

from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from hearth.accounts.policy import Policy

# The sign-in library's own pages: each is about nobody but whoever is signing in, or signed in.
LIBRARY = ("account_", "mfa_", "openid_connect_", "socialaccount_")
# Open to those who have not signed in, because signing in is what they are for.
BEFORE_SIGNING_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "health",
    "api:look_up",
    "protection:agency_link",
    "protection:agency_report",
}


@dataclass(frozen=True)
class Route:
    """One address: its name with the rooms it is in, its path, and the view behind it."""

    name: str
    path: str
    converters: tuple
    view: object

    @property
    def policy(self) -> Policy | None:
        return getattr(self.view, "policy", None)

    @property
    def reason(self) -> str:
        """Why no policy guards it, where none does."""
        return getattr(self.view, "unguarded_because", "")

    @property
    def is_library(self) -> bool:
        return self.name.startswith(LIBRARY)

    def arguments(self, subject=None):
        """Something for each part of the address: the subject's own id, or a plausible guess."""
        own = f"{subject._meta.model_name}_id" if subject is not None else None
        return {
            name: subject.pk if name == own else GUESSES.get(type(kind).__name__, "guess")
            for name, kind in self.converters
        }


GUESSES = {
    "IntConverter": 1,
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "StringConverter": "guess",
    "SlugConverter": "guess",
}


@cache
def routes() -> tuple[Route, ...]:
    """Every address there is."""
    return tuple(_walk(get_resolver().url_patterns, "", "", ()))


def _walk(patterns, namespace, path, converters):
    for pattern in patterns:
        here = path + str(pattern.pattern)
        parts = (*converters, *pattern.pattern.converters.items())
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here, parts)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", here, parts, pattern.callback)
