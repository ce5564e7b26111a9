"""Whose account still works."""

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from hearth.accounts.models import User


class WorkerBackend(AuthenticationBackend):  # type: ignore[misc]
    """Asked at every request, so that a closed account is signed out at once."""

    def user_can_authenticate(self, user: User) -> bool:
        """Neither deactivated nor gone."""
        return user.may_sign_in(on=timezone.localdate())
