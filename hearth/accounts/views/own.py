"""Pages about one's own account and session."""

from typing import Any

from allauth.account import views as sign_in
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hearth.accounts import actions, policies, sessions
from hearth.accounts.guard import SignedInRequest, guard, unguarded


class SignIn(sign_in.LoginView):  # type: ignore[misc]
    """The library's own page, saying once why a session ended by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page is drawn from."""
        why = self.request.session.pop(sessions.OVER, "")
        return {**super().get_context_data(**kwargs), "why_signed_out": why}


sign_in_page = unguarded("It is for somebody who has not signed in")(SignIn.as_view())


@guard(policies.account)
def account(request: SignedInRequest) -> HttpResponse:
    """Who one is to Hearth, and how one signs in."""
    worker = request.user
    context = {
        "has_password": worker.has_usable_password(),
        "second_factor": is_mfa_enabled(worker),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@guard(policies.account)
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    """End every session of one's own."""
    actions.sign_out_everywhere(worker=request.user, by=request.user)
    return redirect("account_login")


@unguarded("It tells a worker's own browser how long their session has left, and nothing else")
@never_cache
def session(request: SignedInRequest) -> HttpResponse:
    """How long is left. Asking does not count as being there; sending does."""
    left = sessions.left(request.session, int(timezone.now().timestamp()))
    return JsonResponse({"left": left.seconds, "last": left.is_last})


@unguarded("It is for somebody who cannot sign in")
@login_not_required
def reset_password(request: HttpRequest) -> HttpResponseBase:
    """Send a link by email where email is configured; otherwise say whom to ask."""
    if settings.EMAIL_CONFIGURED:
        return sign_in.password_reset(request)  # type: ignore[no-any-return]
    return render(request, "accounts/ask_administrator.html")


@unguarded("It shows nothing")
def no_password(request: HttpRequest) -> HttpResponse:
    """For those who sign in with the council's own service."""
    return render(request, "accounts/no_password.html")
