"""Made-up discussions, enquiries and papers, made by the actions that make them in the service."""

from datetime import timedelta

from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import open_step
from hearth.casework.tests.factories import EpisodeFactory
from hearth.config.testing import earlier_today
from hearth.people.tests.factories import ChildFactory, HouseholdFactory, HouseholdMemberFactory
from hearth.plans.actions import NewMember
from hearth.protection import actions
from hearth.protection.models import EnquiryChild
from hearth.protection.process import STRATEGY
from hearth.records.actions import record_visit
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

POLICE = NewMember(agency="police", name="DS Marlow", role="Child abuse investigation")
HEALTH = NewMember(agency="hospital", name="Dr Adeyemi", role="Named doctor")
CONCERN = "Ade told his teacher that his stepfather hit him with a belt. There are marks."


def ago(**time):
    """A moment before now."""
    return timezone.now() - timedelta(**time)


def household(*children, open_cases=True):
    """Children who live together; with an open case each, unless not."""
    found = list(children) or ChildFactory.create_batch(2)
    home = HouseholdFactory.create()
    for child in found:
        HouseholdMemberFactory.create(person=child, household=home)
        if open_cases:
            EpisodeFactory.create(child=child)
    return found


def service_manager():
    """A registered service manager's user."""
    user = UserFactory.create(roles=["service_manager"])
    return StaffFactory.create(user=user, registered=True, team=TeamFactory.create()).user


def called(*children, by=None, members=(POLICE, HEALTH), **changes):
    """A discussion called about these children, or two of a household."""
    by = by or manager()
    return actions.call_strategy(
        **{
            "children": list(children) or household(),
            "concern": CONCERN,
            "members": members,
            "by": by,
            **changes,
        }
    )


def all_came(discussion, **changes):
    """What everybody asked to a discussion told it, all having taken part."""
    told = {"attendance": "telephone", "shared": "Known to us since May.", **changes}
    asked = discussion.meeting.members.filter(removed_at=None)
    return actions.Round(asked={member.pk: actions.Told(**told) for member in asked})


def all_safe(discussion, *, out=(), **changes):
    """Every child of a discussion safe, and in the enquiry unless among `out`."""
    answer = {"safe_now": True, "safety": "With their grandmother until seen.", **changes}
    return {
        part.child_id: actions.Safety(**answer, in_enquiry=part.child_id not in out)
        for part in discussion.children.all()
    }


def decide(discussion, *, by=None, **changes):
    """Record what a discussion decided: a joint enquiry about every child in it."""
    answers = {
        "held_at": earlier_today(minutes=5),
        "how": "telephone",
        "concern": CONCERN,
        "decision": "joint",
        "rationale": "An injury that his account explains.",
        "enquiry_plan": "Both to be seen alone today with the police.",
        "said": all_came(discussion),
        "children": all_safe(discussion),
        "by": by or discussion.recorded_by,
    }
    return actions.decide_strategy(discussion=discussion, **(answers | changes))


def decided(*children, **changes):
    """A discussion that decided on a joint enquiry."""
    return decide(called(*children), **changes)


def enquiry(*children, lead=None, co_worker=None, **changes):
    """An enquiry begun, led by an experienced social worker."""
    lead = lead or social_worker()
    who = actions.Lead(worker=lead, co_worker=co_worker)
    made = decided(*children, lead=who, **changes).enquiry
    assert made is not None
    return made


def children_of(made):
    """The children of an enquiry."""
    return [part.child for part in EnquiryChild.objects.filter(enquiry=made).order_by("pk")]


def see(child, *, by, alone=True, seen=True, **changes):
    """A section 47 visit to a child, by this worker, just now."""
    answers = {
        "seen": seen,
        "seen_alone": alone,
        "bedroom_seen": True,
        "own_words": "I am not frightened at Nan's.",
        "reason": "" if seen and alone else "child_refused",
    }
    return record_visit(
        parts=[(child, answers)],
        kind="section_47",
        happened_at=changes.pop("happened_at", timezone.now()),
        account="Seen at his grandmother's.",
        by=by,
        **changes,
    )


def part(**changes):
    """What is written of a child, whole."""
    return actions.ChildPart(
        **{
            "presentation": "Quiet, and glad to talk about school.",
            "medical_needed": False,
            "medical_why_not": "The marks were seen and photographed by the police doctor.",
            "analysis": "He was hit more than once, and nobody at home stopped it.",
            "outcome": "conference",
            "outcome_reason": "The harm is likely to go on.",
            **changes,
        }
    )


def write(made, *, by, outcomes=None, **changes):
    """Everything an enquiry asks for written, except what visits say."""
    found = outcomes or {}
    made.refresh_from_db()
    answers = {
        "home_seen_on": timezone.localdate(),
        "home": "Warm and clean. The boys share a room.",
        "history": "Two calls about shouting in three years.",
        "analysis": "A pattern of physical punishment.",
        "parts": {child.pk: part(**found.get(child.pk, {})) for child in children_of(made)},
        "version": made.version,
    }
    return actions.write_enquiry(enquiry=made, by=by, **(answers | changes))


def night_away(made, *, by):
    """Each child at their grandmother's tonight."""
    nights = {
        child.pk: actions.Night(
            at_home=False,
            place="14 Mill Lane",
            with_whom="Grandmother",
            decided_by_name="The team manager",
            reason="He is afraid to go home",
        )
        for child in children_of(made)
        if not child.is_unborn
    }
    return actions.record_nights(enquiry=made, night_of=timezone.localdate(), nights=nights, by=by)


def whole(made=None, *, outcomes=None):
    """An enquiry with nothing missing, ready to be sent."""
    made = made or enquiry()
    by = made.task.worker
    for child in children_of(made):
        if not child.is_unborn:
            see(child, by=by)
    write(made, by=by, outcomes=outcomes)
    actions.record_parent(
        enquiry=made, name="Dawn Achebe", seen_on=timezone.localdate(), account="Denies it.", by=by
    )
    asked = actions.ask_agency(enquiry=made, agency="school", asked_on=timezone.localdate(), by=by)
    actions.record_answer(check=asked, answered_on=timezone.localdate(), said="He flinches.", by=by)
    if any(not child.is_unborn for child in children_of(made)):
        night_away(made, by=by)
    made.refresh_from_db()
    return made


def submitted(made=None, *, outcomes=None):
    """An enquiry sent to a manager."""
    made = whole(made, outcomes=outcomes)
    actions.submit_enquiry(enquiry=made, by=made.task.worker)
    made.refresh_from_db()
    return made


def authorised(made=None, *, outcomes=None, by=None):
    """An enquiry whose outcome a manager agreed."""
    made = submitted(made, outcomes=outcomes)
    return actions.authorise_enquiry(enquiry=made, comments="Agreed.", by=by or manager())


def paper(made=None, *, by=None, **changes):
    """A risk assessment of every child of an enquiry, not signed."""
    made = made or enquiry()
    answers = {
        "children": children_of(made),
        "kind": "risk_assessment",
        "risk": "He may be hit again. His stepfather has left, and the lock is changed.",
        "conditions": "Mother lets nobody in. Grandmother calls each evening.",
        "contingency": "The children go to their grandmother, and the police are called.",
        "review_on": timezone.localdate() + timedelta(days=3),
        "by": by or made.task.worker,
    }
    return actions.write_agreement(enquiry=made, **(answers | changes))


def signed(made=None, *, by=None, **changes):
    """A risk assessment that a manager has signed."""
    return actions.sign_agreement(agreement=paper(made, **changes), by=by or manager())


def ask_home(made, risk_assessment, *, child=None, **changes):
    """The worker asks a manager whether a child may go home, on a paper."""
    answers = {
        "children": [child or children_of(made)[0]],
        "risk_assessment": risk_assessment,
        "reason": "His stepfather is bailed away from the address.",
        "by": made.task.worker,
        **changes,
    }
    answers.setdefault("asked_of", manager())
    return actions.ask_return_home(enquiry=made, **answers)[0]


def agree_home(request, *, by=None, **changes):
    """The manager who was asked agrees."""
    answers = {"decision": "agreed", "words": "Safe while he is away.", **changes}
    return actions.decide_return_home(request=request, by=by or request.asked_of, **answers)


def go_home(made, risk_assessment, **changes):
    """A child goes home now, on a signed paper, as a manager agreed."""
    agreed = agree_home(ask_home(made, risk_assessment, **changes))
    return actions.record_return_home(
        request=agreed, happened_at=timezone.now(), by=made.task.worker
    )


def asked_home():
    """A manager asked whether a child may go home, with no answer yet."""
    paper_signed = signed()
    return ask_home(paper_signed.enquiry, paper_signed)


def asked_for():
    """The task of a discussion that a contact's decision asked for."""
    worker = manager()
    return open_step(
        STRATEGY, children=household(), trigger=timezone.now(), worker=worker, by=worker
    )


def sent():
    """A discussion whose record was sent, and is not known to have arrived."""
    made = decided()
    actions.send_strategy(
        discussion=made,
        members=list(made.meeting.members.all()),
        how="secure_email",
        sent_at=timezone.now(),
        by=made.recorded_by,
    )
    return made


def without_health():
    """A discussion in which no health service took part."""
    made = called(members=[POLICE])
    return decide(made, missing_reason="night", missing_agency_reason="Rang twice")


def without_conference(made=None):
    """An enquiry that found harm and asks for no conference."""
    made = made or enquiry()
    outcomes = {
        child.pk: {"outcome": "no_continuing_risk", "no_conference_reason": "He has left."}
        for child in children_of(made)
    }
    return write(made, by=made.task.worker, outcomes=outcomes)


def with_signed_paper():
    """An enquiry with a risk assessment that a manager has signed."""
    return signed().enquiry


def check():
    """A school asked in an enquiry, with no answer yet."""
    made = enquiry()
    return actions.ask_agency(
        enquiry=made, agency="school", asked_on=timezone.localdate(), by=made.task.worker
    )


def medical():
    """A medical asked for."""
    made = enquiry()
    return actions.request_medical(
        enquiry=made,
        child=children_of(made)[0],
        kind="sexual_abuse",
        incident_at=ago(hours=20),
        requested_at=ago(hours=1),
        by=made.task.worker,
    )
