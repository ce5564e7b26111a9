"""The form pages that the fuzzer opens: on what record, at what address, and as whom."""

from dataclasses import dataclass, replace
from itertools import groupby

from django.conf import settings
from django.db import models
from django.urls import resolve, reverse

from hearth.accounts.models import User
from hearth.accounts.roles import STAFF
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.assessments.tests import factories as assessments
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, TaskFactory
from hearth.config.testing import hearth_itself
from hearth.family_help.tests import factories as family_help
from hearth.people.kinds import BY_KEY
from hearth.people.tests.factories import AddressFactory, ChildFactory
from hearth.plans.tests import factories as plans
from hearth.protection.tests import conferences, plan_papers
from hearth.protection.tests import factories as protection
from hearth.quality.tests import factories as quality
from hearth.workforce.tests.factories import manager, social_worker
from tests import fuzzing
from tests.browser import conference_states
from tests.makers import makers
from tests.routes import routes

SECTIONS = ("plan", "voice", "needs", "identity", "family", "risk", "conclusion")


def room_of(route):
    return route.name.partition(":")[0]


ROOMS = {
    room: list(each)
    for room, each in groupby(sorted((r for r in routes() if r.policy), key=room_of), room_of)
}


@dataclass(frozen=True)
class Page:
    """A form at its address, the worker who may send it, and what it asks."""

    name: str
    address: str
    worker: User
    subject: models.Model | None
    fields: tuple = ()
    session: str = ""


def _agreed():
    return assessments.authorised(by=manager())


def _after_agreeing(made, step):
    once(made, _agreed)
    return [(Task.objects.filter(step_key=step).latest("pk"), {}, "")]


def _handed_over():
    return TaskFactory.create(step_key="assessments.hand_over_early_help")


def _plan_asked_for():
    return family_help.of_a_child(family_help.asked_for)


def _plan_written():
    return family_help.of_a_child(family_help.written)


def _plan_sent():
    return family_help.of_a_child(family_help.sent)


def _visit_asked_for():
    return TaskFactory.create(step_key="family_help.visit")


def _unborn():
    return ChildFactory.create(unborn=True)


def _part_of_a_case():
    return AllocationFactory.create(role="co_worker")


def once(made, make):
    """What is made by this, made the first time it is asked for."""
    if make not in made:
        made[make] = make()
    return made[make]


def on(make):
    """The page of a record in the state that this makes."""
    return lambda made, _: [(once(made, make), {}, "")]


def _fact(made, person):
    told = person.addresses.first() or AddressFactory.create(person=person)
    return [(person, {"kind": "address", "fact": told.pk}, "")]


def _of_each_kind(made, person):
    return [(person, {"kind": key}, "") for key, kind in BY_KEY.items() if not kind.chosen]


def _with_somebody(made, subject):
    return [(subject, {}, f"?with={ChildFactory.create().pk}")]


# Where the record that a factory makes, or its bare address, opens no form.
OTHERWISE = {
    "assessments:start_assessment": on(assessments.waiting),
    "assessments:decide_assessment": on(assessments.submitted),
    "assessments:submit_assessment": on(assessments.written),
    "assessments:decide_update": lambda made, _: _after_agreeing(made, "assessments.update"),
    "assessments:hand_over": on(_handed_over),
    "assessments:add_to_assessment": on(_agreed),
    "assessments:family_copy": on(_agreed),
    "assessments:write_section": lambda made, assessment: [
        (assessment, {"section": section}, "") for section in SECTIONS
    ],
    "plans:meeting": on(plans.gathering),
    "plans:book_meeting": on(plans.gathering),
    "plans:add_member": on(plans.gathering),
    "plans:hold_meeting": on(plans.gathering),
    "plans:cancel_meeting": on(plans.gathering),
    "plans:send_notes": on(plans.held),
    "plans:mark_received": on(plans.held),
    "family_help:from_task": on(_plan_asked_for),
    "family_help:begin_plan": on(_plan_asked_for),
    "family_help:send_plan": on(_plan_written),
    "family_help:decide_plan": on(_plan_sent),
    "plans:visit_asked_for": on(_visit_asked_for),
    "casework:end_allocation": on(_part_of_a_case),
    "casework:allocate": lambda made, episode: [(episode, {}, "?part=lead")],
    "protection:strategy_from_task": on(protection.asked_for),
    "protection:send_strategy": on(protection.decided),
    "protection:keep_back_strategy": on(protection.decided),
    "protection:receive_strategy": on(protection.sent),
    "protection:consulted_strategy": on(protection.without_health),
    "protection:submit_enquiry": on(protection.whole),
    "protection:decide_enquiry": on(protection.submitted),
    "protection:agree_no_conference": on(protection.without_conference),
    "protection:record_told": on(protection.authorised),
    "protection:ask_return_home": on(protection.with_signed_paper),
    "protection:home_request": on(protection.asked_home),
    "protection:ask_for_report": on(conference_states.agency_to_be_asked),
    "protection:record_reports_shared": on(conference_states.conference_with_a_report),
    "protection:write_report": on(conferences.booked),
    "protection:submit_report": on(conferences.written_report),
    "protection:decide_report": on(conferences.submitted_report),
    "protection:add_to_review": on(conference_states.review_with_a_sister),
    "protection:confirm_agreement": on(plan_papers.beside_a_plan),
    "protection:plan_agreements": on(plan_papers.standing_plan),
    "quality:conclude_investigation": on(quality.being_asked),
    "people:record_birth": on(_unborn),
    "people:end_pregnancy": on(_unborn),
    "people:record_fact": _of_each_kind,
    "people:correct_fact": _fact,
    "people:end_fact": _fact,
    "people:withdraw_fact": _fact,
    "people:record_relationship": _with_somebody,
    "people:join_household": _with_somebody,
    "people:propose_merge": _with_somebody,
}


def addresses_of(room):
    """Each address of a room, with the record it is of and a worker who may open it, if any."""
    made: dict = {}
    known = of_every_role()
    for route in ROOMS[room]:
        set_worker(hearth_itself())
        policy = route.policy
        assert policy is not None, "the rooms are made of those guarded"
        subject = policy.subject
        if subject:
            made[subject] = made.get(subject) or makers()[subject]()
        openings = OTHERWISE.get(route.name, lambda made, record: [(record, {}, "")])
        for record, own_parts, query in openings(made, made.get(subject)):
            parts = {**route.arguments(record), **own_parts}
            address = reverse(route.name, kwargs=parts) + query
            worker = who_may(policy, record, known)
            yield Page(route.name, address, worker, record)


def forms_of(room, client):
    """Each form of a room, as somebody who may send it is shown it."""
    found: dict[str, Page] = {}
    alone: list[Page] = []
    sessions: dict[int, str] = {}
    for opened in addresses_of(room):
        if opened.worker is None:
            continue
        page = replace(opened, session=session_of(opened.worker, client, sessions))
        shown = as_worker(client, page).get(page.address)
        set_worker(hearth_itself())
        if shown.streaming:
            list(shown)  # sent to its end, it closes its file
        if shown.status_code == 405:
            alone.append(page)
            continue
        for address, fields in fuzzing.forms_on(shown, page.address).items():
            match = resolve(address.partition("?")[0])
            if hasattr(match.func, "policy"):
                own = replace(page, name=match.view_name, address=address, fields=fields)
                found.setdefault(address, own)
    return [*(page for page in alone if page.address not in found), *found.values()]


def session_of(worker, client, sessions):
    """A worker's session: each signs in once, so that a thousand forms sign nobody in again."""
    if worker.pk not in sessions:
        client.cookies.clear()
        client.force_login(worker)
        sessions[worker.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions[worker.pk]


def as_worker(client, page):
    """The browser of whoever sends a page."""
    client.cookies[settings.SESSION_COOKIE_NAME] = page.session
    return client


def who_may(policy, subject, known):
    """A worker whom the policy lets through: whom the record names, or one with every role."""
    for worker in [*workers_in(subject), *known]:
        with acting_as(worker):
            if sees(policy, worker, subject) and policy.allows(worker, subject):
                return worker
    return None


def of_every_role():
    """Registered workers with all the roles there are, in teams of their own."""
    for worker in (made := [social_worker(), manager()]):
        worker.roles = sorted(STAFF)
        worker.save(update_fields=["roles"])
    return made


def sees(policy, worker, subject):
    if subject is None:
        return True
    return policy.subject.objects.visible_to(worker).filter(pk=subject.pk).exists()


def workers_in(record, depth=2):
    """The workers whom a record names, itself or by way of another."""
    if record is None or depth < 0:
        return
    for key in record._meta.get_fields():
        if isinstance(key, models.ForeignKey):
            other = getattr(record, key.name)
            if isinstance(other, User):
                yield other
            elif other is not None:
                yield from workers_in(other, depth - 1)
