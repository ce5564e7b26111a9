"""Answering by machine, and the pages of who may ask and what was asked."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hearth.accounts.actions import system_worker
from hearth.accounts.guard import SignedInRequest, guard, unguarded
from hearth.api import actions, asking, pages, policies
from hearth.api.forms import LetAskForm, StopForm
from hearth.api.models import Answer, Asker, LookUp
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.people.models import Person

PER_PAGE = 50
HAS_PLAN = (Answer.PROTECTION, Answer.BOTH)
IN_CARE = (Answer.LOOKED_AFTER, Answer.BOTH)


@csrf_exempt
@require_POST
@unguarded("A health service's key signs each question, and the answer tells four things alone")
@login_not_required
def look_up(request: HttpRequest) -> HttpResponse:
    """Whether a child has a plan or is looked after, and whom to ring: nothing more."""
    try:
        asker = asking.asker_of(request, now=timezone.now())
        asked = asking.question_in(asking.body_of(request))
        made = actions.answer_look_up(
            asker=asker,
            asked_id=asked.asked_id,
            nhs_number=asked.nhs_number,
            born_on=asked.born_on,
            asked_by=asked.asked_by,
            setting=asked.setting,
            by=system_worker(),
        )
    except asking.Refused as why:
        return JsonResponse({"error": str(why)}, status=why.status)
    except actions.TooMany as why:
        return JsonResponse({"error": str(why)}, status=429, headers={"Retry-After": "3600"})
    return JsonResponse(_told(made), headers={"Cache-Control": "no-store"})


def _told(made: LookUp) -> dict[str, object]:
    return {
        "known": made.answer != Answer.NOT_KNOWN,
        "child_protection_plan": made.answer in HAS_PLAN,
        "looked_after": made.answer in IN_CARE,
        "telephone": made.contact,
    }


@guard(policies.askers)
def askers(request: SignedInRequest) -> HttpResponse:
    """The services that may ask, and those that may no more."""
    page = Paginator(pages.all_askers(), PER_PAGE).get_page(request.GET.get("page"))
    may_add = policies.let_ask.allows(request.user, None)
    return render(request, "api/askers.html", {"page": page, "may_add": may_add})


@guard(policies.let_ask)
def let_ask(request: SignedInRequest) -> HttpResponse:
    """Ask which service, and its key."""
    form = LetAskForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.let_ask(by=request.user, **form.cleaned_data)
    ):
        done(request, f"{form.cleaned_data['name']} may look children up")
        return redirect("api:askers")
    return render(request, "api/let_ask.html", {"form": form})


@guard(policies.stop_asking)
def stop_asking(request: SignedInRequest, asker: Asker) -> HttpResponse:
    """Ask why it may ask no more."""
    form = StopForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.stop_asking(asker=asker, by=request.user, **form.cleaned_data)
    ):
        done(request, f"{asker} may ask no more")
        return redirect("api:askers")
    return render(request, "api/stop_asking.html", {"form": form, "asker": asker})


@guard(policies.child_look_ups)
def child_look_ups(request: SignedInRequest, child: Person) -> HttpResponse:
    """Which services asked about a child, when, and what they were told."""
    page = Paginator(pages.look_ups_of(child), PER_PAGE).get_page(request.GET.get("page"))
    context = {"child": child, "current": "look_ups", "page": page}
    return render(request, "api/child_look_ups.html", context)
