"""What the pages of accounts are made of."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import F, Q, QuerySet

from hearth.accounts import policies
from hearth.accounts.models import Notice, RoleRequest, TrailEvent, TrailKind, User
from hearth.accounts.roles import Role
from hearth.accounts.trail_pages import Line, lines


def notices_of(worker: User) -> QuerySet[Notice]:
    """All a worker was told: unread first, then the newest."""
    found = Notice.objects.visible_to(worker).select_related("told_by")
    return found.order_by(F("read_at").desc(nulls_first=True), "-recorded_at", "-pk")


@dataclass(frozen=True, slots=True)
class WorkerPage:
    """One worker's account, as an administrator sees it."""

    account: User
    second_factor: list[str]
    single_sign_on: bool
    asked_for: RoleRequest | None
    refusals: dict[str, list[str]]
    events: list[Line]


def workers(q: str = "", role: str | None = None, state: str = "") -> QuerySet[User]:
    """Accounts by name, narrowed by words in the name or address, by role, and by state."""
    found = User.objects.exclude(roles__contains=[Role.SYSTEM])
    if state != "all":
        found = found.filter(is_active=state != "closed")
    if role:
        found = found.filter(roles__contains=[role])
    for word in q.split():
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        found = found.filter(named | Q(email__icontains=word))
    ordered: QuerySet[User] = found.order_by("first_name", "last_name", "pk")
    return ordered


def worker_page(account: User, *, by: User) -> WorkerPage:
    """What an administrator needs to know of an account, and what they may do to it."""
    factors = Authenticator.objects.filter(user=account).exclude(type="recovery_codes")
    names = {"totp": "Authenticator app", "webauthn": "Passkey or security key"}
    may = {
        name: getattr(policies, name).refusals(by, account)
        for name in ("give_roles", "deactivate_worker", "reset_second_factor", "reactivate_worker")
    }
    events = TrailEvent.objects.filter(by_id=account.pk, kind=TrailKind.SIGN_IN)
    return WorkerPage(
        account=account,
        second_factor=[names[factor.type] for factor in factors],
        single_sign_on=SocialAccount.objects.filter(user=account).exists(),
        asked_for=RoleRequest.objects.waiting().filter(worker=account).first(),
        refusals=may,
        events=lines(list(events.order_by("-at")[:10])),
    )


def roles_waiting() -> QuerySet[RoleRequest]:
    """Roles asked for, and not yet decided."""
    return RoleRequest.objects.waiting()


def role_requests() -> QuerySet[RoleRequest]:
    """Every request, those that wait first."""
    found = RoleRequest.objects.select_related("worker", "requested_by", "decided_by")
    return found.order_by(F("decided_at").desc(nulls_first=True), "-pk")
