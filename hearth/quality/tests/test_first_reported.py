"""Figures as they were first reported: kept once, child by child, beside what is so now."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import TrailEvent
from hearth.accounts.worker_context import acting_as
from hearth.lib.dates import add_months
from hearth.people.tests.factories import RestrictionFactory
from hearth.protection.models import EnquiryOutcome
from hearth.quality.actions import keep_first_figures
from hearth.quality.flow.first import first_figures
from hearth.quality.flow.page import months_rows
from hearth.quality.models import FirstCount, ReportedMonth
from hearth.quality.rules.months import last_whole
from hearth.quality.tests.stories import Case
from hearth.quality.tests.test_months import asked, page_of, see
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
MAY = date(2026, 5, 1)


def night(day=TODAY):
    return keep_first_figures(today=day, by=system_worker())


def drawn(page, key):
    return next(one for one in page.drawn if one.chart.series.key == key)


@pytest.fixture
def case():
    """Of May one enquiry that came to nothing, and one plan; kept the night after it was over."""
    case = Case()
    case.enquiry(MAY, ended=date(2026, 5, 20), outcome=EnquiryOutcome.NOT_SUBSTANTIATED)
    case.plan(MAY)
    night()
    return case


def test_a_month_is_kept_the_night_after_it_is_over_and_once(case):
    assert list(ReportedMonth.objects.values_list("month", flat=True)) == [MAY]
    kept = FirstCount.objects.values_list("stage", "child", "team")
    assert set(kept) == {
        (stage, case.child.pk, case.team.pk)
        for stage in ("enquiry", "ended", "not_substantiated", "plan", "plans_open")
    }
    assert night() == []
    assert FirstCount.objects.count() == len(kept)
    assert TrailEvent.objects.filter(what="Kept the figures of May 2026 as first reported").exists()


def test_months_that_no_night_looked_at_are_kept_later_and_those_before_the_first_never(case):
    assert night(date(2026, 8, 2)) == [date(2026, 6, 1), date(2026, 7, 1)]
    assert not ReportedMonth.objects.filter(month__lt=MAY).exists()


def test_nothing_on_record_is_not_reported():
    assert night() == []
    assert not ReportedMonth.objects.exists()


def test_what_is_recorded_late_stands_beside_what_was_first_reported(case):
    late = Case()
    late.enquiry(date(2026, 5, 28), ended=date(2026, 5, 30), outcome=EnquiryOutcome.CONFERENCE)
    page = page_of(asked())

    begun = drawn(page, "enquiries")
    assert begun.rows[0].first == "1 (1 more now)"
    assert begun.restated == "May 2026 was first reported as 1, and is 2 now."
    assert begun.picture.count('r="6"') == 1
    assert drawn(page, "plans_open").rows[0].first == "The same"
    assert drawn(page, "plans_open").restated == ""
    assert page.kept_since == MAY


def test_a_quarters_share_as_first_reported_is_that_of_its_three_months():
    case = Case()
    case.enquiry(date(2026, 1, 5), ended=date(2026, 2, 9), outcome=EnquiryOutcome.CONFERENCE)
    for month in (2, 3, 4):
        night(date(2026, month, 2))
    Case().enquiry(date(2026, 3, 2), ended=date(2026, 3, 9), outcome=EnquiryOutcome.LEGAL)
    Case().enquiry(date(2025, 12, 2), ended=date(2025, 12, 9), outcome=EnquiryOutcome.LEGAL)
    shares = drawn(page_of(asked()), "to_conference")

    assert shares.chart.by_quarter
    assert [row.first for row in shares.rows] == ["1 of 1 (100.0%)"]
    assert shares.restated == (
        "January 2026 to March 2026 was first reported as 1 of 1, and is 1 of 2 now."
    )
    assert drawn(page_of(asked()), "enquiries").rows[-1].first == ""


def test_what_was_first_reported_is_of_the_team_whose_case_it_was_then(case):
    other = Case()
    assert first_figures(case.team.pk).counts["enquiry", MAY] == 1
    assert first_figures(other.team.pk).counts["enquiry", MAY] == 0
    assert MAY in first_figures(other.team.pk).months


def test_a_child_kept_from_a_reader_is_in_no_first_figure_of_theirs(case):
    RestrictionFactory.create(person=case.child)
    with acting_as(manager()):
        seen = first_figures(None)
    assert sum(seen.counts.values()) == 0
    assert MAY in seen.months
    assert first_figures(None).counts["plans_open", MAY] == 1


def test_the_file_of_figures_has_both(case):
    head, *rows = (list(row) for row in months_rows(asked(), today=TODAY))
    of_may = next(r for r in rows if r[:2] == ["Section 47 enquiries ended", "May 2026"])

    assert head[-3:] == [
        "Children as first reported",
        "Of as first reported",
        "First reported on",
    ]
    assert of_may[-3:] == ["1", "", timezone.localdate().isoformat()]


def test_the_page_shows_a_column_of_them_once_there_are_any(client, case):
    assert "First reported" in see(client, case.boss, "months")
    FirstCount.objects.all().delete()
    ReportedMonth.objects.all().delete()
    assert "First reported" not in see(client, case.boss, "months")


def test_a_month_with_nobody_in_it_was_reported_as_none(client):
    case = Case()
    month = last_whole(timezone.localdate())
    case.plan(add_months(month, -3), ended_on=add_months(month, -2), end_reason="conference")
    night(timezone.localdate())
    assert FirstCount.objects.count() == 0
    case.enquiry(month)
    assert "was first reported as 0, and is 1 now" in see(client, case.boss, "months")
