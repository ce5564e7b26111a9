"""Which address of each page to open, and as whom: asked of a running Hearth's own record.

    python -c "import django; django.setup(); from tests.browser import find_pages as f; f.main()"

writes, as JSON, its name, its address, and a session of somebody who may open it, for each page;
and apart, the addresses that are no page, with what they answered.
"""

import json
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, product

from django.db import transaction
from django.test import Client
from django.urls import reverse

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.assessments.process import HAND_OVERS
from hearth.assessments.tests import factories as assessments
from hearth.casework.models import Allocation
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, TaskFactory
from hearth.family_help.tests import factories as family_help
from hearth.people.actions import agree_merge, propose_merge
from hearth.people.tests.factories import ChildFactory
from hearth.plans.tests import factories as plans
from hearth.protection.tests import factories as protection
from hearth.quality.actions import ask_to_set_aside
from hearth.quality.tests.factories import (
    AlertFactory,
    OwnComparatorFactory,
    SignalFactory,
    being_asked,
)
from hearth.records.actions import plan_visit
from hearth.returns.tests import factories as returns
from hearth.supervision.tests import factories as supervision
from hearth.workforce.tests.factories import manager, social_worker
from tests.browser.conference_states import OF_CONFERENCES
from tests.makers import makers
from tests.routes import BEFORE_SIGNING_IN, routes

CANDIDATES = 8  # records of a kind, the newest first
TRIES = 6  # of those allowed, until one answers with a page
SECTIONS = ("plan", "voice", "needs", "identity", "family", "history", "risk", "conclusion")
FACTS = ("names", "birth", "addresses", "contacts", "hazards", "numbers", "ethnicity", "languages")


def _first_name_of(person):
    with transaction.atomic():
        set_worker(system_worker())
        return [row.pk for row in person.names.all()[:1]] or [1]


def _children_of_worker(session):
    with transaction.atomic():
        set_worker(system_worker())
        theirs = Allocation.objects.filter(worker_id=session.worker_id)
        return list(theirs.values_list("child_id", flat=True))


def _unborn():
    return ChildFactory.create(unborn=True, born_on=date.today() + timedelta(days=90))  # noqa: DTZ011


def _agreed_merge():
    kept, given = ChildFactory.create(), ChildFactory.create()
    by, agreed_by = UserFactory.create(), UserFactory.create(manager=True)
    merge = propose_merge(person=given, other_person=kept, reason="The same boy", by=by)
    return agree_merge(merge=merge, by=agreed_by)


def _planned_visit():
    worker, soon = social_worker(), date.today() + timedelta(days=2)  # noqa: DTZ011
    child = ChildFactory.create()
    return plan_visit(children=[child], kind="joint", planned_on=soon, worker=worker, by=worker)


def _agreed_assessment():
    return assessments.authorised(by=manager())


def _to_be_discussed():
    worker = social_worker()
    supervision.case_of(worker)
    return supervision.held(worker)


def _plan_asked_for():
    return family_help.of_a_child(family_help.asked_for)


def _plan_written():
    return family_help.of_a_child(family_help.written)


def _plan_sent():
    return family_help.of_a_child(family_help.sent)


def _visit_asked_for():
    return TaskFactory.create(step_key="family_help.visit")


def _to_be_given():
    child = EpisodeFactory.create().child
    return TaskFactory.create(step_key="casework.allocate", about=[child.pk], worker=manager())


def _to_be_set_aside():
    alert = AlertFactory.create()
    ask_to_set_aside(alert=alert, reason="They moved away", by=social_worker())
    return alert


# Records in a state that an invented borough may not have, for the pages that need it.
SPECIAL = {
    "people:record_birth": _unborn,
    "people:end_pregnancy": _unborn,
    "people:undo_merge": _agreed_merge,
    "records:record_planned_visit": _planned_visit,
    "records:change_visit": _planned_visit,
    "assessments:decide_update": lambda: TaskFactory.create(step_key="assessments.update"),
    "assessments:hand_over": lambda: TaskFactory.create(step_key=HAND_OVERS[0]),
    "assessments:versions": assessments.submitted,
    "assessments:version": assessments.submitted,
    "assessments:start_assessment": assessments.waiting,
    "assessments:submit_assessment": assessments.written,
    "assessments:decide_assessment": assessments.submitted,
    "assessments:add_to_assessment": _agreed_assessment,
    "assessments:print_assessment": _agreed_assessment,
    "assessments:family_copy": _agreed_assessment,
    "supervision:record_discussion": _to_be_discussed,
    "supervision:finish_session": supervision.held,
    "supervision:sign_session": lambda: supervision.finish(supervision.held()),
    "protection:strategy_from_task": protection.asked_for,
    "protection:hold_strategy": protection.called,
    "protection:call_off_strategy": protection.called,
    "protection:send_strategy": protection.decided,
    "protection:strategy_copies": protection.decided,
    "protection:keep_back_strategy": protection.decided,
    "protection:receive_strategy": protection.sent,
    "protection:consulted_strategy": protection.without_health,
    "protection:submit_enquiry": protection.whole,
    "protection:decide_enquiry": protection.submitted,
    "protection:agree_no_conference": protection.without_conference,
    "protection:record_told": protection.authorised,
    "protection:ask_return_home": protection.with_signed_paper,
    "protection:home_request": protection.asked_home,
    **OF_CONFERENCES,
    "plans:plan_papers": plans.agreed,
    "plans:remove_member": plans.MeetingMemberFactory.create,
    "plans:meeting": plans.gathering,
    "plans:book_meeting": plans.gathering,
    "plans:add_member": plans.gathering,
    "plans:hold_meeting": plans.gathering,
    "plans:cancel_meeting": plans.gathering,
    "plans:send_notes": plans.held,
    "plans:meeting_papers": plans.held,
    "plans:mark_received": plans.held,
    "family_help:from_task": _plan_asked_for,
    "family_help:begin_plan": _plan_asked_for,
    "family_help:send_plan": _plan_written,
    "family_help:decide_plan": _plan_sent,
    "plans:visit_asked_for": _visit_asked_for,
    "casework:allocate_children": _to_be_given,
    "returns:say_year": returns.without_year,
    "quality:decide_to_set_aside": _to_be_set_aside,
    "quality:open_investigation": SignalFactory.create,
    "quality:conclude_investigation": being_asked,
    "quality:correct_comparator": OwnComparatorFactory.create,
    "casework:end_allocation": lambda: AllocationFactory.create(role="co_worker"),
}
# What stands in the other parts of an address; each is tried until one is a page.
WITHIN = {
    "number": lambda _subject: range(1, 3),
    "section": lambda _subject: SECTIONS,
    "fact": _first_name_of,
    "kind": lambda _subject: FACTS,
    "child_id": _children_of_worker,
}
# Addresses with a page for each of these, and not only for one.
EACH = {"people:record_fact": "kind", "assessments:write_section": "section"}
# What is asked of a page that shows nothing unasked.
ASKED = {"desk:search": "?q=a"}


@dataclass
class Finder:
    """One worker of each role, each with a browser's session."""

    workers: list[User]
    clients: dict[int, Client] = field(default_factory=dict)

    def get(self, worker, address):
        """The answer to a worker's opening an address."""
        if worker.pk not in self.clients:
            client = Client(headers={"host": "127.0.0.1"})
            with transaction.atomic():
                set_worker(system_worker())
                client.force_login(worker)
            self.clients[worker.pk] = client
        return self.clients[worker.pk].get(address)

    def session(self, worker):
        """What a browser shows to be this worker."""
        if worker.pk not in self.clients:
            self.get(worker, "/health/")
        return self.clients[worker.pk].cookies["sessionid"].value

    def allowed(self, policy, subjects):
        """Each record with each worker whom the policy lets in."""
        for subject in subjects:
            for worker in {**_named_in(subject), **{w.pk: w for w in self.workers}}.values():
                if not worker.has_role(*policy.roles):
                    continue
                with acting_as(worker):
                    seen = policy.subject.objects.visible_to(worker).filter(pk=subject.pk)
                    may = seen.exists() and policy.allows(worker, subject)
                if may:
                    yield subject, worker


def _named_in(record):
    """The workers a record names, its task's and its enquiry's: those whose work it is."""
    with transaction.atomic():
        set_worker(system_worker())
        enquiry = getattr(record, "enquiry", None)
        whose = (
            record,
            getattr(record, "task", None),
            getattr(record, "meeting", None),
            enquiry,
            getattr(enquiry, "task", None),
        )
        named = {
            getattr(each, field.attname)
            for each in whose
            if each is not None
            for field in each._meta.concrete_fields
            if field.related_model is User
        }
        return User.objects.filter(is_active=True).exclude(pk=system_worker().pk).in_bulk(named)


def one_of_each_role():
    """The first worker of each role, as the invented borough signs them in."""
    first: dict[str, User] = {}
    for worker in User.objects.filter(is_active=True).order_by("pk"):
        for role in worker.roles:
            first.setdefault(role, worker)
    return [worker for role, worker in first.items() if role != Role.SYSTEM]


def records_of(route, finder):
    """One made for this page; or those on record, and then some made as the tests make them."""
    model = route.policy.subject
    if route.name not in SPECIAL:
        with transaction.atomic():
            set_worker(system_worker())
            found = list(model.objects.order_by("-pk")[:CANDIDATES])
        yield from found
    for _ in range(2):
        with transaction.atomic():
            set_worker(system_worker())
            made = SPECIAL.get(route.name, makers()[model])()
        yield made


def addresses_of(route, subject):
    """The address for this record, or addresses where there is more in it than the record."""
    arguments = route.arguments(subject)
    inner = [name for name, _ in route.converters if name in WITHIN]
    for values in product(*(list(WITHIN[name](subject)) for name in inner)):
        yield reverse(route.name, kwargs=arguments | dict(zip(inner, values, strict=True)))


def is_page(response):
    """Whether it is something to look at."""
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def pages_of(route, finder):
    """The pages of an address, and how it answered when it gave none."""
    answers = set()
    for subject, worker in islice(_chances(route, finder), TRIES):
        found = []
        for address in addresses_of(route, subject):
            full = address + ASKED.get(route.name, "")
            response = finder.get(worker, full)
            answers.add(f"{response.status_code} {response.get('Content-Type', '')}")
            if response.status_code == 405:
                return [], "takes what is sent"
            if is_page(response):
                found.append((full, worker))
                if route.name not in EACH:
                    break
        if found:
            return found, ""
    return [], ", ".join(sorted(answers)) or "nobody may"


def _chances(route, finder):
    if route.policy is None:
        return [(None, worker) for worker in finder.workers]
    if route.policy.subject is None:
        may = [w for w in finder.workers if route.policy.allows(w, None)]
        return [(None, worker) for worker in may]
    return finder.allowed(route.policy, records_of(route, finder))


def stranger(route, address, finder):
    """Somebody whose role does not open this page, and what they are answered."""
    for worker in finder.workers:
        if route.policy and not worker.has_role(*route.policy.roles):
            return finder.session(worker), finder.get(worker, address).status_code
    return None, None


def main():
    """Write them all."""
    finder = Finder(one_of_each_role())
    pages, others = [], {}
    for route in routes():
        if route.name in BEFORE_SIGNING_IN:
            continue
        found, others[route.name] = pages_of(route, finder)
        for address, worker in found:
            refused, answer = stranger(route, address, finder)
            pages.append(
                {
                    "name": route.name,
                    "address": address,
                    "role": worker.roles[0],
                    "session": finder.session(worker),
                    "refused": refused,
                    "answer": answer,
                }
            )
    others = {name: why for name, why in others.items() if why}
    sys.stdout.write(json.dumps({"pages": pages, "others": others}))
