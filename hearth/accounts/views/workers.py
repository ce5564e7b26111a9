"""The administrator's pages: workers' accounts, and what they may do."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hearth.accounts import actions, pages, policies, trail_pages
from hearth.accounts.forms_workers import (
    AccountForm,
    NewWorkerForm,
    RequestRolesForm,
    RolesForm,
    TrailFilter,
    WorkersFilter,
)
from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.models import RoleRequest, TrailKind, User
from hearth.accounts.passwords import hand_over
from hearth.accounts.structure import open_work_of
from hearth.design.drafts import done

PER_PAGE = 50


@guard(policies.workers)
def workers(request: SignedInRequest) -> HttpResponse:
    """Everybody who may sign in, or could once."""
    form = WorkersFilter(request.GET)
    found = pages.workers(**(form.cleaned_data if form.is_valid() else {}))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": form, "waiting": pages.roles_waiting().count()}
    return render(request, "accounts/workers.html", context)


@guard(policies.create_worker)
def create_worker(request: SignedInRequest) -> HttpResponse:
    """Give somebody who works here a way to sign in."""
    form = NewWorkerForm(request.POST or None)
    if form.is_valid():
        worker = actions.create_worker(**form.cleaned_data, password=None, by=request.user)
        done(request, f"{worker} has an account")
        return redirect("accounts:worker", user_id=worker.pk)
    return render(request, "accounts/create_worker.html", {"form": form})


@guard(policies.worker)
def worker(request: SignedInRequest, account: User) -> HttpResponse:
    """One worker's account, and what can be done to it."""
    page = pages.worker_page(account, by=request.user)
    return render(request, "accounts/worker.html", {"page": page})


@guard(policies.change_worker)
def change_worker(request: SignedInRequest, account: User) -> HttpResponse:
    """Change a name or an address."""
    known = {name: getattr(account, name) for name in ("first_name", "last_name", "email")}
    form = AccountForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.change_worker(worker=account, **form.cleaned_data, by=request.user)
        done(request, "Changed")
        return redirect("accounts:worker", user_id=account.pk)
    return render(request, "accounts/change_worker.html", {"form": form, "account": account})


@guard(policies.give_roles)
def give_roles(request: SignedInRequest, account: User) -> HttpResponse:
    """Change what a worker may do."""
    form = RolesForm(request.POST or None, initial={"roles": account.roles})
    if form.is_valid():
        actions.give_roles(worker=account, **form.cleaned_data, by=request.user)
        done(request, f"{account}'s roles are changed")
        return redirect("accounts:worker", user_id=account.pk)
    return render(request, "accounts/give_roles.html", {"form": form, "account": account})


@guard(policies.request_roles)
def request_roles(request: SignedInRequest, account: User) -> HttpResponse:
    """Ask for roles that somebody else must agree to."""
    form = RequestRolesForm(request.POST or None, initial={"roles": account.roles})
    if form.is_valid():
        actions.request_roles(worker=account, **form.cleaned_data, by=request.user)
        done(request, "Asked: somebody else must agree")
        return redirect("accounts:role_requests")
    return render(request, "accounts/request_roles.html", {"form": form, "account": account})


@guard(policies.role_requests)
def role_requests(request: SignedInRequest) -> HttpResponse:
    """The roles asked for, those that wait first."""
    page = Paginator(pages.role_requests(), PER_PAGE).get_page(request.GET.get("page"))
    requests = [(one, policies.decide_roles.refusals(request.user, one)) for one in page]
    context = {"page": page, "requests": requests}
    return render(request, "accounts/role_requests.html", context)


@require_POST
@guard(policies.decide_roles)
def decide_roles(request: SignedInRequest, asked: RoleRequest) -> HttpResponse:
    """Agree, or refuse."""
    agreed = request.POST.get("answer") == "agree"
    actions.decide_roles(request=asked, agreed=agreed, by=request.user)
    done(request, f"{'Agreed to' if agreed else 'Refused'} roles for {asked.worker}")
    return redirect("accounts:role_requests")


@guard(policies.deactivate_worker)
def deactivate_worker(request: SignedInRequest, account: User) -> HttpResponse:
    """Close an account, once what that means has been read."""
    if request.method == "POST":
        actions.deactivate_worker(worker=account, by=request.user)
        done(request, f"{account}'s account is closed")
        return redirect("accounts:worker", user_id=account.pk)
    context = {"account": account, "left": open_work_of(account)}
    return render(request, "accounts/deactivate_worker.html", context)


@guard(policies.reactivate_worker)
def reactivate_worker(request: SignedInRequest, account: User) -> HttpResponse:
    """Open a closed account again, once its roles have been seen."""
    if request.method == "POST":
        actions.reactivate_worker(worker=account, by=request.user)
        done(request, f"{account} may sign in again")
        return redirect("accounts:worker", user_id=account.pk)
    return render(request, "accounts/reactivate_worker.html", {"account": account})


@guard(policies.reset_second_factor)
def reset_second_factor(request: SignedInRequest, account: User) -> HttpResponse:
    """Take a second factor away, for one who has lost it."""
    if request.method == "POST":
        actions.reset_second_factor(worker=account, by=request.user)
        done(request, f"{account} has no second factor now")
        return redirect("accounts:worker", user_id=account.pk)
    return render(request, "accounts/reset_second_factor.html", {"account": account})


@guard(policies.issue_password_link)
def issue_password_link(request: SignedInRequest, account: User) -> HttpResponse:
    """Make a link to choose a password: sent by email where there is one, shown once where not."""
    link = ""
    if request.method == "POST":
        path = actions.issue_password_link(worker=account, by=request.user)
        link = hand_over(account, request.build_absolute_uri(path))
        if not link:
            done(request, f"A link was sent to {account.email}")
            return redirect("accounts:worker", user_id=account.pk)
    context = {"account": account, "link": link, "by_email": settings.EMAIL_CONFIGURED}
    return render(request, "accounts/issue_password_link.html", context)


@guard(policies.sign_ins)
def sign_ins(request: SignedInRequest) -> HttpResponse:
    """Every sign-in, failure, lock-out and sign-out."""
    form = TrailFilter(request.GET, leaving_out=("kind",))
    found = form.wanted().of(trail_pages.events_of_kind(TrailKind.SIGN_IN))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": form, "lines": trail_pages.lines(list(page))}
    return render(request, "accounts/sign_ins.html", context)
