"""One of each kind of record that a policy is about, for the tests of access to try it on."""

import importlib
import pkgutil
from functools import cache

import factory
from django.utils import timezone

import hearth
from hearth.accounts.models import Notice, RoleRequest
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.assessments.models import AgencyConsulted, Assessment
from hearth.assessments.tests import factories as assessments
from hearth.people.models import (
    DeclaredConnection,
    Household,
    Merge,
    Organisation,
    Professional,
    RestrictionAccess,
)
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdMemberFactory,
    RestrictionAccessFactory,
)
from hearth.plans.models import Distribution, MeetingMember
from hearth.protection.models import (
    Conference,
    Enquiry,
    EnquiryCheck,
    HomeRequest,
    MedicalExamination,
    SafetyAgreement,
    StrategyDiscussion,
)
from hearth.protection.tests import conferences
from hearth.protection.tests import factories as protection
from hearth.records.models import CaseNote, Document, DocumentVersion, Visit
from hearth.records.tests import factories as records
from hearth.returns.models import BuildState, CensusBuild, CensusImport, CheckedReturn
from hearth.returns.tests import factories as returns
from hearth.workforce.tests.factories import social_worker


def _notice():
    to, by = UserFactory.create(), UserFactory.create()
    return Notice.objects.create(to=to, told_by=by, text="Something is waiting")


def _request():
    asker = UserFactory.create()
    return RoleRequest.objects.create(
        worker=asker, requested_by=asker, roles=[Role.TEAM_MANAGER], reason="Acting up"
    )


def _agency():
    return assessments.hear_agency(assessments.started())


def _access():
    return RestrictionAccessFactory.create(worker=UserFactory.create())


def _connection():
    return DeclaredConnection.objects.create(
        worker=UserFactory.create(),
        declared_person_id=ChildFactory.create().pk,
        relationship="Aunt",
    )


def _document():
    return records.document(ChildFactory.create(), by=social_worker())


def _version():
    return _document().versions.get()


def _member():
    return next(iter(conferences.members_of(conferences.begun()).values()))


def _sending():
    member = _member()
    return Distribution.objects.create(
        meeting=member.meeting,
        member=member,
        about=member.about,
        paper="invitation",
        how="post",
        sent_at="2026-03-02T12:00Z",
        sent_by=member.recorded_by,
    )


def _import():
    return CensusImport.objects.create(name="cin.xml", digest="0", recorded_by=UserFactory.create())


def _build():
    now = timezone.now()
    return CensusBuild.objects.create(
        year=2026,
        as_at=now,
        dated=now,
        state=BuildState.DONE,
        finished_at=now,
        errors=0,
        queries=0,
        stored_as="0" * 64,
        recorded_by=UserFactory.create(),
    )


def _merge():
    return Merge.objects.create(
        person=ChildFactory.create(),
        other_person=ChildFactory.create(),
        reason="Same boy",
        proposed_by=UserFactory.create(),
    )


# Records that no factory in their room's tests/factories.py makes alone: add yours.
MADE_OTHERWISE = {
    Notice: _notice,
    RoleRequest: _request,
    RestrictionAccess: _access,
    DeclaredConnection: _connection,
    CaseNote: lambda: records.note(ChildFactory.create(), by=social_worker()),
    Visit: lambda: records.visit(ChildFactory.create(), by=social_worker()),
    Document: _document,
    DocumentVersion: _version,
    Assessment: assessments.started,
    AgencyConsulted: _agency,
    CensusBuild: _build,
    CensusImport: _import,
    Conference: conferences.begun,
    Distribution: _sending,
    MeetingMember: _member,
    CheckedReturn: returns.checked,
    StrategyDiscussion: protection.called,
    Enquiry: protection.enquiry,
    EnquiryCheck: protection.check,
    MedicalExamination: protection.medical,
    SafetyAgreement: protection.paper,
    HomeRequest: protection.asked_home,
    Household: lambda: HouseholdMemberFactory.create().household,
    Merge: _merge,
    Organisation: lambda: Organisation.objects.create(name="Mill Lane School", agency="school"),
    Professional: lambda: Professional.objects.create(name="Mrs Birchall"),
}


@cache
def makers():
    """How to make one of each model: by its room's factory, or otherwise."""
    found = dict(MADE_OTHERWISE)
    for room in filter(lambda each: each.ispkg, pkgutil.iter_modules(hearth.__path__)):
        try:
            module = importlib.import_module(f"hearth.{room.name}.tests.factories")
        except ModuleNotFoundError:
            continue
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, factory.django.DjangoModelFactory):
                model = each._meta.model
                if model is not None and each.__module__ == module.__name__:
                    found.setdefault(model, each.create)
    return found
