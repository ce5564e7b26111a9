"""Going home in an enquiry: a worker asks, a manager agrees or refuses, and the child is there.

Lambeth 2017, findings, paragraph 4: children went home during enquiries with no signed risk
assessment and no manager's agreement. Nobody agrees to what they asked for.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts import structure, trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.protection import process
from hearth.protection.actions import story
from hearth.protection.actions.agreements import SIGNS, note_work, take_open
from hearth.protection.actions.taking import check_past, check_registered, check_role, child_in
from hearth.protection.models import (
    AgreementKind,
    Enquiry,
    HomeDecision,
    HomeRequest,
    HomeState,
    ReturnHome,
    SafetyAgreement,
)
from hearth.protection.timescales import AGREE_HOME_AT_ONCE
from hearth.workforce.rules import teams_managed_by, why_not_registered

CHANGED = (
    "The risk assessment was changed or ended since this was asked. Take the request back, and "
    "ask again on the one that holds"
)


@transaction.atomic
def ask_return_home(
    *,
    enquiry: Enquiry,
    children: Sequence[Person],
    risk_assessment: SafetyAgreement | None = None,
    at_home_since: datetime | None = None,
    reason: str,
    asked_of: User | None,
    by: User,
) -> list[HomeRequest]:
    """Ask a manager to agree that children go home while enquiries are made, or stay there.

    On a risk assessment of theirs that a manager signed. A child who is at home already, with no
    manager's agreement, is recorded at once without one: managers are told, and it stands on the
    child's pages until a manager agrees or the child is away again.
    """
    enquiry = take_open(enquiry)
    _check_said(children, reason)
    manager = _check_asked_of(asked_of, by)
    _check_since(enquiry, at_home_since)
    for child in children:
        _check_may_be_asked(enquiry, child, risk_assessment, at_home_since)
    made = [
        HomeRequest.objects.create(
            enquiry=enquiry,
            child=child,
            risk_assessment=risk_assessment,
            at_home_since=at_home_since,
            reason=reason,
            asked_of=manager,
            recorded_by=by,
        )
        for child in children
    ]
    for request in made:
        _put_before_the_manager(request, by)
    note_work(enquiry, by)
    return made


def _check_said(children: Sequence[Person], reason: str) -> None:
    if not children:
        raise CannotDo("Choose at least one child this is about")
    if not reason:
        raise CannotDo("Say why it is safe, or how they came to be there")


def _check_asked_of(manager: User | None, by: User) -> User:
    if manager is None or not manager.has_role(*SIGNS):
        raise CannotDo("Choose the manager who is asked")
    if manager.pk == by.pk:
        raise CannotDo("Nobody agrees to what they asked for. Ask another manager")
    if why := why_not_registered(manager, on=timezone.localdate()):
        raise CannotDo(why)
    return manager


def _check_since(enquiry: Enquiry, since: datetime | None) -> None:
    check_past(since, "Being at home")
    if since is not None and timezone.localdate(since) < enquiry.started_on:
        raise CannotDo(f"The enquiry only began on {in_words(enquiry.started_on)}")


def _check_may_be_asked(
    enquiry: Enquiry, child: Person, paper: SafetyAgreement | None, since: datetime | None
) -> None:
    child_in(enquiry, child)
    if child.is_unborn:
        raise CannotDo(f"{child} is not born yet")
    if paper is not None or since is None:
        _check_paper(paper, child, timezone.now())
    standing = HomeRequest.objects.open().filter(enquiry=enquiry, child=child)
    for request in standing.exclude(decision=HomeDecision.REFUSED).select_related("asked_of"):
        if request.decision:
            raise CannotDo(f"It is agreed that {child} goes home. Record when they do")
        raise CannotDo(f"{request.asked_of} has been asked about {child}, and has not answered")


def _put_before_the_manager(request: HomeRequest, by: User) -> None:
    """Put it on the manager's list; a child at home without agreement is told of at once."""
    asked_of, child = request.asked_of, request.child
    teams = teams_managed_by(asked_of, on=timezone.localdate())
    request.task = casework.open_step(
        process.AGREE_HOME,
        children=[child],
        trigger=timezone.now(),
        record_id=request.pk,
        worker=asked_of,
        team=teams[0] if teams else None,
        timescale=AGREE_HOME_AT_ONCE.key if request.at_home_since else "",
        by=by,
    )
    request.save(update_fields=["task"])
    if request.at_home_since is None:
        _tell(request, [asked_of], f"{by} asks whether {child} may go home", by)
        trail.record("Asked whether a child may go home", request, by=by)
        return
    managers = structure.managers_of(by, on=timezone.localdate())
    words = f"{child} is at home in a section 47 enquiry without a manager's agreement"
    _tell(request, [asked_of, *managers], words, by)
    story.tell_of_no_agreement(request, by=by)
    trail.record("A child is at home without a manager's agreement", request, by=by)


@transaction.atomic
def decide_return_home(
    *, request: HomeRequest, decision: str, words: str, late_reason: str = "", by: User
) -> HomeRequest:
    """Agree that a child goes home, or refuse, with why: a manager, on a sign-in of their own.

    Not whoever asked, or wrote the risk assessment. A child who is there already is recorded at
    home from now; any other when a worker records that they went.
    """
    request = _take(request)
    _check_may_decide(request, decision, words, by)
    if decision == HomeDecision.AGREED:
        _check_agreed_paper(request, by)
    request.decision, request.words = decision, words
    request.decided_at, request.decided_by = timezone.now(), by
    if decision == HomeDecision.REFUSED and request.at_home_since is None:
        request.settled_at = request.decided_at
    request.save()
    if request.task is not None:
        today = timezone.localdate()
        casework.complete(request.task, outcome=decision, on=today, late_reason=late_reason, by=by)
    if decision == HomeDecision.AGREED and request.at_home_since is not None:
        _make_return(request, request.decided_at, by)
    said = "agreed that" if decision == HomeDecision.AGREED else "did not agree that"
    _tell(request, [request.recorded_by], f"{by} {said} {request.child} goes home", by)
    trail.record(f"{HomeDecision(decision).label}: going home", request, by=by)
    return request


def _check_may_decide(request: HomeRequest, decision: str, words: str, by: User) -> None:
    check_role(by, SIGNS, "A manager agrees to this")
    check_registered(by)
    if request.state != HomeState.WAITING:
        raise CannotDo(f"This is not waiting for a manager: {request.state.label.lower()}")
    if request.recorded_by_id == by.pk:
        raise CannotDo("You asked for this, so another manager must agree")
    if decision not in HomeDecision.values:
        raise CannotDo("Say whether you agree")
    if not words:
        raise CannotDo("Say why it is safe, or why it is not")


def _check_agreed_paper(request: HomeRequest, by: User) -> None:
    """The risk assessment that is agreed on: for a child there already, one signed since."""
    child = request.child
    request.risk_assessment = paper = request.risk_assessment or _signed_for(request)
    _check_paper(paper, child, timezone.now())
    if paper is not None and paper.recorded_by_id == by.pk:
        raise CannotDo("You wrote the risk assessment, so another manager must agree")


def _signed_for(request: HomeRequest) -> SafetyAgreement | None:
    kind = AgreementKind.RISK_ASSESSMENT
    found = SafetyAgreement.objects.standing().filter(enquiry=request.enquiry, kind=kind)
    signed = found.filter(signed_at__isnull=False).order_by("-pk")
    return next((paper for paper in signed if request.child_id in paper.about), None)


def _check_paper(paper: SafetyAgreement | None, child: Person, moment: datetime) -> None:
    """Refuse whatever is not a risk assessment of this child, signed and in force by then."""
    if paper is None or child.pk not in paper.about:
        raise CannotDo(
            f"{child} goes home only on a risk assessment of their own that a manager signed. "
            "Write one, and have it signed"
        )
    paper = SafetyAgreement.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.kind != AgreementKind.RISK_ASSESSMENT:
        raise CannotDo("Choose a risk assessment: another paper does not let a child go home")
    if paper.signed_at is None:
        raise CannotDo(f"No manager has signed the risk assessment, so {child} cannot go home")
    if paper.ended_on is not None and paper.ended_on <= timezone.localdate(moment):
        raise CannotDo(CHANGED)


@transaction.atomic
def record_return_home(*, request: HomeRequest, happened_at: datetime, by: User) -> ReturnHome:
    """Record that a child went home, as a manager had agreed. The database refuses any other."""
    request = _take(request)
    if request.state != HomeState.AGREED:
        raise CannotDo(f"No agreement waits for this: {request.state.label.lower()}")
    check_past(happened_at, "Going home")
    decided_at = request.decided_at
    assert decided_at is not None  # noqa: S101 - it was agreed
    if happened_at < decided_at.replace(second=0, microsecond=0):
        raise CannotDo(
            f"{request.decided_by} agreed {in_words(timezone.localdate(decided_at))} at "
            f"{timezone.localtime(decided_at):%H:%M}. A child who was home before then was there "
            "without agreement: take this back, and say since when"
        )
    _check_paper(request.risk_assessment, request.child, happened_at)
    note_work(request.enquiry, by)
    # A clock is typed to the minute, and an agreement has seconds.
    return _make_return(request, max(happened_at, decided_at), by)


def _make_return(request: HomeRequest, happened_at: datetime, by: User) -> ReturnHome:
    """The child is home: what was waiting for that, or lacked it, is settled."""
    paper, agreed_at, agreed_by = request.risk_assessment, request.decided_at, request.decided_by
    if paper is None or agreed_at is None or agreed_by is None:
        raise CannotDo("No manager has agreed to this")
    try:
        with transaction.atomic():
            returned = ReturnHome.objects.create(
                enquiry=request.enquiry,
                child=request.child,
                request=request,
                happened_at=happened_at,
                risk_assessment=paper,
                agreed_at=agreed_at,
                agreed_by=agreed_by,
                agreement=request.words,
                recorded_by=by,
            )
    except IntegrityError as refused:
        raise CannotDo(CHANGED) from refused
    standing = HomeRequest.objects.open().filter(enquiry=request.enquiry, child=request.child)
    standing.update(settled_at=timezone.now())
    story.tell_of_home(returned, on=timezone.localdate(happened_at), by=by)
    trail.record("A child is at home during an enquiry", returned, by=by)
    return returned


@transaction.atomic
def take_back_return_home(*, request: HomeRequest, reason: str, by: User) -> HomeRequest:
    """Take a request back, or say that it was a mistake, with why. What it said is kept."""
    request = _take(request)
    if request.settled_at is not None:
        raise CannotDo(f"This is settled: {request.state.label.lower()}")
    if not reason:
        raise CannotDo("Say why it is taken back")
    request.withdrawn_reason, request.withdrawn_by = reason, by
    settle(request, reason, by)
    _tell(
        request,
        [request.asked_of, request.recorded_by],
        f"{by} took back what was asked of {request.child} going home",
        by,
    )
    trail.record("Took back a request to go home", request, by=by, reason=reason)
    return request


def settle(request: HomeRequest, reason: str, by: User) -> None:
    """Say that nothing more follows from a request, and take it off the manager's list."""
    if request.task is not None and request.task.done_at is None:
        casework.cancel(request.task, reason=reason, by=by)
    request.settled_at = timezone.now()
    request.save()


def away_again(enquiry: Enquiry, child: Person, night_of: date, by: User) -> None:
    """A child who was at home without agreement sleeps elsewhere since: that is at an end."""
    there = HomeRequest.objects.without_agreement().filter(enquiry=enquiry, child=child)
    for request in there.select_related("task"):
        assert request.at_home_since is not None  # noqa: S101 - asked for above
        if timezone.localdate(request.at_home_since) <= night_of:
            settle(request, "Away from home again", by)
            trail.record("Away from home again", request, by=by)


def check_home_is_settled(enquiry: Enquiry) -> None:
    """Refuse to finish an enquiry while it is open whether a child goes home, or may be there."""
    request = HomeRequest.objects.open().filter(enquiry=enquiry).select_related("child").first()
    if request is None:
        return
    if request.is_without_agreement:
        raise CannotDo(f"{request.child} is at home without a manager's agreement")
    raise CannotDo(f"{request.child} going home: {request.state.label.lower()}. Settle that first")


def _take(request: HomeRequest) -> HomeRequest:
    """This request, locked, in an enquiry that is still open."""
    enquiry = take_open(request.enquiry)
    found = HomeRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found.enquiry = enquiry
    return found


def _tell(request: HomeRequest, to: Sequence[User], words: str, by: User) -> None:
    page = f"/going-home/{request.pk}/"
    notify(to=to, text=words, page=page, subject=request, by=by)
