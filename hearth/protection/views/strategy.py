"""Strategy discussions: called, held and recorded live, read, sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.plans.pages.plan import names_of
from hearth.protection import actions, policies
from hearth.protection.forms import strategy as forms
from hearth.protection.models import StrategyDiscussion
from hearth.protection.pages import strategy as pages
from hearth.protection.pages.lists import of_child
from hearth.protection.strategy_copies import Facts, offers
from hearth.protection.views.asking import Question, ask
from hearth.records.drafts import close_draft, open_draft
from hearth.records.views.outgoing import outgoing


@guard(policies.start_strategy)
def start_strategy(request: SignedInRequest, child: Person) -> HttpResponse:
    """Call a discussion because of what was heard of a child, whoever's task it is."""
    return _call(request, [child], f"protection.call.child.{child.pk}", None)


@guard(policies.strategy_from_task)
def strategy_from_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """Go to the discussion a task asks for, or call it."""
    if called := pages.discussion_of(task):
        return redirect("protection:strategy", called.pk)
    children = pages.children_of_task(task)
    return _call(request, children, f"protection.call.{task.pk}", task)


def _call(
    request: SignedInRequest, children: list[Person], key: str, task: Task | None
) -> HttpResponse:
    page = pages.Calling(children, request.POST or None, today=timezone.localdate())
    draft = open_draft(request, key, about=[child.pk for child in children])
    made: list[StrategyDiscussion] = []
    if page.is_valid() and attempt(
        page.form,
        lambda: made.append(actions.call_strategy(task=task, by=request.user, **page.answers)),
    ):
        close_draft(request, draft, "Strategy discussion called")
        now = page.answers["place"] is None
        return redirect(f"protection:{'hold_strategy' if now else 'strategy'}", made[0].pk)
    context = {"page": page, "form": page.form, "rows": page.rows, "task": task, "draft": draft}
    return render(request, "protection/call.html", context)


@guard(policies.strategy)
def strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """A discussion as it stands, to read and to print."""
    page = pages.strategy_page(discussion, "record", today=timezone.localdate())
    names = (
        "hold_strategy",
        "send_strategy",
        "strategy_copies",
        "consulted_strategy",
        "call_off_strategy",
    )
    may = {name: getattr(policies, name).allows(request.user, discussion) for name in names}
    context = {"page": page, "frame": page.frame, "may": may}
    return render(request, "protection/strategy.html", context)


@guard(policies.hold_strategy)
def hold_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """One page for the whole discussion, to be kept open while it is held."""
    page = pages.Holding(discussion, request.POST or None, now=timezone.now())
    key = f"protection.hold.{discussion.pk}"
    draft = open_draft(request, key, about=discussion.about, shared=True)
    if page.is_valid() and attempt(
        page.form,
        lambda: actions.decide_strategy(discussion=discussion, by=request.user, **page.answers),
        draft=draft,
    ):
        close_draft(request, draft, "The discussion is recorded, and what follows from it is open")
        return redirect("protection:strategy", discussion.pk)
    context = {
        "page": page,
        "frame": page.frame,
        "form": page.form,
        "rows": page.rows,
        "parts": page.parts,
        "draft": draft,
    }
    return render(request, "protection/hold.html", context)


@guard(policies.send_strategy)
def send_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Show who has the record, and ask who else was sent it."""
    today, now = timezone.localdate(), timezone.now()
    page = pages.strategy_page(discussion, "send", today=today)
    waiting = pages.waiting_members(discussion)
    form = forms.SendForm(
        waiting,
        request.POST or None,
        initial={"sent_at": now},
        is_late=pages.send_is_late(discussion, today=today),
    )
    question = Question(
        title="Send the record",
        submit="Record that it was sent",
        happens=[
            "Sending it stays on the list until everybody has it, or was kept from it.",
            "Hearth keeps the copy that is sent, as it stands now.",
        ],
        above="protection/_sent.html",
        context={"page": page},
        nothing="" if waiting else pages.NOBODY_WAITS,
    )
    return ask(
        request,
        page.frame,
        form,
        question,
        do=lambda: actions.send_strategy(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
        said="Recorded that it was sent",
        to=("send_strategy", discussion.pk),
        draft=open_draft(request, f"protection.send.{discussion.pk}", about=discussion.about),
    )


@guard(policies.strategy_copies)
def strategy_copies(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Read the record through, and take it out for the agencies that took part."""
    read = Facts(discussion)
    context = {
        "back": reverse("protection:strategy", args=[discussion.pk]),
        "back_text": "The discussion",
        "caption": f"{discussion}: {names_of(read.children)}",
    }
    return outgoing(
        request, discussion, offers=offers(read), children=read.children, context=context
    )


@guard(policies.receive_strategy)
def receive_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Ask whom it reached, and when."""
    page = pages.strategy_page(discussion, "send", today=timezone.localdate())
    sendings = pages.sendings_to_receive(discussion)
    form = forms.ReceivedForm(
        sendings,
        request.POST or None,
        initial={"received_at": timezone.now()},
    )
    return ask(
        request,
        page.frame,
        form,
        Question(
            title="Record that it was received",
            submit="Record",
            nothing="" if sendings else "Nothing that was sent is still on its way.",
        ),
        do=lambda: actions.receive_strategy(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
        said="Recorded that it was received",
        to=("send_strategy", discussion.pk),
        draft=open_draft(request, f"protection.receive.{discussion.pk}", about=discussion.about),
    )


@guard(policies.keep_back_strategy)
def keep_back_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Ask from whom the record is kept, and why."""
    page = pages.strategy_page(discussion, "send", today=timezone.localdate())
    waiting = pages.waiting_members(discussion)
    form = forms.KeepBackForm(waiting, request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title="Keep the record from somebody",
            submit="Keep it from them",
            nothing="" if waiting else pages.NOBODY_WAITS,
        ),
        do=lambda: actions.keep_back_strategy(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
        said="Recorded that it is kept from them",
        to=("send_strategy", discussion.pk),
        draft=open_draft(request, f"protection.keep.{discussion.pk}", about=discussion.about),
    )


@guard(policies.consulted_strategy)
def consulted_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Ask when an agency that missed the discussion was asked since."""
    page = pages.strategy_page(discussion, "record", today=timezone.localdate())
    form = forms.ConsultedForm(request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(title="An agency was asked since", submit="Record"),
        do=lambda: actions.record_consulted(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
        said="Recorded what they said",
        to=("strategy", discussion.pk),
        draft=open_draft(request, f"protection.consulted.{discussion.pk}", about=discussion.about),
    )


@guard(policies.call_off_strategy)
def call_off_strategy(request: SignedInRequest, discussion: StrategyDiscussion) -> HttpResponse:
    """Ask why a discussion is not needed, and take it off the list."""
    page = pages.strategy_page(discussion, "record", today=timezone.localdate())
    form = forms.ReasonForm(request.POST or None)
    question = Question(
        title="Call this discussion off",
        submit="Call it off",
        happens=["It is taken off the list. The children it was about have no discussion."],
    )
    return ask(
        request,
        page.frame,
        form,
        question,
        do=lambda: actions.call_off_strategy(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
        said="The discussion was called off",
        to=("strategy", discussion.pk),
        draft=open_draft(request, f"protection.off.{discussion.pk}", about=discussion.about),
    )


@guard(policies.child_protection)
def child_protection(request: SignedInRequest, child: Person) -> HttpResponse:
    """What has been done to protect a child, the newest first."""
    today = timezone.localdate()
    page = of_child(child, today=today)
    may = policies.write_plan_agreement.allows
    context = {
        "child": child,
        "current": "protection",
        "page": page,
        "plans": [part.plan for part in page.plans if may(request.user, part.plan)],
        "may_start": policies.start_strategy.allows(request.user, child),
        "today": today,
    }
    return render(request, "protection/of_child.html", context)


ONE = "strategy-discussions/<int:strategydiscussion_id>/"
patterns = [
    path("children/<int:person_id>/protection/", child_protection, name="child_protection"),
    path("children/<int:person_id>/strategy-discussion/", start_strategy, name="start_strategy"),
    path(
        "strategy-discussions/tasks/<int:task_id>/", strategy_from_task, name="strategy_from_task"
    ),
    path(ONE, strategy, name="strategy"),
    path(f"{ONE}hold/", hold_strategy, name="hold_strategy"),
    path(f"{ONE}send/", send_strategy, name="send_strategy"),
    path(f"{ONE}copies/", strategy_copies, name="strategy_copies"),
    path(f"{ONE}received/", receive_strategy, name="receive_strategy"),
    path(f"{ONE}keep-back/", keep_back_strategy, name="keep_back_strategy"),
    path(f"{ONE}asked-since/", consulted_strategy, name="consulted_strategy"),
    path(f"{ONE}call-off/", call_off_strategy, name="call_off_strategy"),
]
