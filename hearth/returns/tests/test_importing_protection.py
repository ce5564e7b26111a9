"""Bringing in the enquiries, conferences and protection plans of a census."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Involvement
from hearth.config.testing import hearth_itself
from hearth.plans.models import Meeting, PlanChild
from hearth.protection.models import ConferenceChild, Enquiry, EnquiryChild
from hearth.records.models import ChronologyEntry
from hearth.returns.actions import import_census, start_import
from hearth.returns.models import LineState
from hearth.returns.tests.test_reader import CHILD, census, source  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)
ENQUIRY = """<Section47><S47ActualStartDate>2025-06-05</S47ActualStartDate>
<InitialCPCtarget>2025-06-26</InitialCPCtarget><DateOfInitialCPC>2025-06-20</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired></Section47>"""
PLAN = """<ChildProtectionPlans><CPPstartDate>2025-06-20</CPPstartDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2025-09-15</CPPreviewDate></Reviews></ChildProtectionPlans>"""
ENDED = PLAN.replace("<Init", "<CPPendDate>2026-02-02</CPPendDate><Init", 1)


@pytest.fixture
def bring_in(source):  # noqa: F811
    def bring(*parts):
        text = CHILD.replace("</CINdet", "".join(parts) + "</CINdet")
        file, by = source(census(text)), system_worker()
        run = start_import(name="census.xml", source=file, by=by)
        import_census(run=run, source=file, today=TODAY, by=by)
        set_worker(hearth_itself())
        return run.lines.get()

    return bring


def held():
    """Each conference on record: its kind and day."""
    found = Meeting.objects.values_list("kind", "held_at")
    return sorted((kind, timezone.localdate(held_at)) for kind, held_at in found)


def test_an_enquiry_its_conference_and_the_plan_are_put_on_record(bring_in):
    line = bring_in(ENQUIRY, PLAN)

    assert line.state == LineState.LOADED
    part = EnquiryChild.objects.get()
    assert part.enquiry.started_on == date(2025, 6, 5)
    assert part.conference_target_on == date(2025, 6, 26)
    plan = PlanChild.objects.get()
    assert (plan.kind, plan.started_on, plan.ended_on) == ("protection", date(2025, 6, 20), None)
    assert (plan.earlier_plans, plan.category) == (1, "NEG")
    assert list(plan.categories.values_list("since", "category")) == [
        (date(2025, 6, 20), "PHY"),
        (date(2025, 9, 15), "NEG"),
    ]
    assert held() == [
        ("initial_conference", date(2025, 6, 20)),
        ("review_conference", date(2025, 9, 15)),
    ]
    assert Involvement.objects.get().kind == "protection"
    kinds = set(ChronologyEntry.objects.values_list("kind", flat=True))
    assert {"strategy", "conference", "plan"} <= kinds


def test_the_same_file_twice_adds_nothing_and_next_years_ends_what_stood(bring_in):
    bring_in(ENQUIRY, PLAN)
    assert bring_in(ENQUIRY, PLAN).state == LineState.UNCHANGED

    assert bring_in(ENQUIRY, ENDED).state == LineState.CHANGED

    assert PlanChild.objects.get().ended_on == date(2026, 2, 2)
    assert Involvement.objects.get().ended_on == date(2026, 2, 2)
    assert Enquiry.objects.count() == ConferenceChild.objects.count() - 1 == 1


def test_an_enquiry_that_needed_no_conference_is_over(bring_in):
    none = "<ICPCnotRequired>1</ICPCnotRequired></Section47>"
    bring_in("<Section47><S47ActualStartDate>2025-06-05</S47ActualStartDate>" + none)

    part = EnquiryChild.objects.get()
    assert part.no_conference
    assert part.enquiry.authorised_on == date(2025, 6, 5)


def test_a_conference_that_followed_no_enquiry_took_a_plan_over(bring_in):
    bring_in("<DateOfInitialCPC>2025-06-20</DateOfInitialCPC>")

    assert held() == [("transfer_conference", date(2025, 6, 20))]


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (ENQUIRY.replace("2025-06-05", "2025-05-05"), "S47ActualStartDate is before CINreferral"),
        (ENQUIRY.replace("2025-06-20", "2025-06-03"), "before S47ActualStartDate"),
        (ENQUIRY.replace(">0<", ">1<"), "ICPCnotRequired is true"),
        ("<Section47><ICPCnotRequired>1</ICPCnotRequired></Section47>", "no S47ActualStartDate"),
        (PLAN.replace("PHY", "XXX"), "XXX, which is not one of its codes"),
        (PLAN.replace("<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>", ""), "no Initial"),
        (PLAN.replace(">1<", ">many<"), "NumberOfPreviousCPP is many"),
        (PLAN.replace("2025-06-20", "2025-05-20"), "CPPstartDate is before CINreferralDate"),
        (ENDED.replace("2026-02-02", "2025-06-20"), "CPPendDate is not after CPPstartDate"),
        (PLAN.replace("<CPPstartDate>2025-06-20</CPPstartDate>", ""), "there is no CPPstartDate"),
        (PLAN.replace("2025-09-15", "2027-01-01"), "which is in the future"),
        (PLAN.replace("2025-09-15", "soon"), "CPPreviewDate is soon"),
        (PLAN + PLAN.replace("2025-06-20", "2025-10-01"), "a child has one plan at a time"),
        (
            PLAN + "<CINPlanDates><CINPlanStartDate>2025-08-01</CINPlanStartDate></CINPlanDates>",
            "a child has one plan at a time",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_kept(bring_in, part, why):
    line = bring_in(part)

    assert line.state == LineState.REFUSED
    assert why in line.words
    assert not Enquiry.objects.exists()
    assert not PlanChild.objects.exists()
