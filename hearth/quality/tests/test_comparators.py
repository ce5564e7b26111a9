"""An authority's own comparators: entered with their source, beside the charts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.lib.errors import CannotDo
from hearth.quality.actions import correct_comparator, record_comparator
from hearth.quality.comparators import last_year
from hearth.quality.flow.elsewhere import all_comparators
from hearth.quality.flow.findings import beside
from hearth.quality.flow.reckon import Tally
from hearth.quality.flow.series import SERIES
from hearth.quality.models import OwnComparator
from hearth.quality.tests.stories import Case
from hearth.quality.tests.test_months import asked, page_of, see
from hearth.workforce.tests.factories import StaffFactory, social_worker

pytestmark = pytest.mark.django_db
TOOL = "Local Authority Interactive Tool, read on 3 June 2026"


@pytest.fixture
def analyst():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.ANALYST])).user


def send(client, who, name, data, *args):
    client.force_login(who)
    response = client.post(reverse(f"quality:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def enters(by, **said):
    given: dict[str, Any] = {
        "name": "Our neighbours",
        "measure": "to_conference",
        "year": 2025,
        "percent": Decimal("29.5"),
        "source": TOOL,
    }
    return record_comparator(by=by, **(given | said))


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"source": ""},
        {"measure": "plans_open"},
        {"measure": ""},
        {"year": 2012},
        {"year": 2100},
        {"percent": Decimal("100.1")},
        {"percent": Decimal(-1)},
        {"name": "ENGLAND"},
    ],
)
def test_a_share_says_whose_it_is_of_what_and_which_year_and_where_from(said, analyst):
    with pytest.raises(CannotDo):
        enters(analyst, **said)


def test_one_stands_for_whom_what_and_which_year(analyst):
    enters(analyst)
    with pytest.raises(CannotDo, match="entered already"):
        enters(analyst, name="our NEIGHBOURS")
    enters(analyst, year=2024)
    enters(analyst, measure="not_substantiated")
    assert TrailEvent.objects.filter(what="Entered a comparator of the figures").count() == 3


@pytest.mark.parametrize(("today", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026)])
def test_a_year_is_over_with_march(today, year):
    assert last_year(today) == year


def test_it_stands_beside_the_chart_with_its_source_and_can_be_chosen(case, analyst):
    enters(analyst)
    enters(analyst, year=2024, percent=Decimal("31.0"))
    enters(analyst, measure="not_substantiated", percent=Decimal("12.5"))
    page = page_of(asked())
    shares = {one.chart.series.key: one for one in page.drawn}

    told = [(b.letter, b.share, b.whose, b.source) for b in shares["to_conference"].beside]
    assert told[0][:3] == ("A", "31.3%", "England, year to 31 March 2025")
    assert told[1] == ("B", "29.5%", "Our neighbours, year to 31 March 2025", TOOL)
    assert shares["to_conference"].picture.count("#1d70b8") == 2
    assert [b.letter for b in shares["not_substantiated"].beside] == ["A"]
    assert shares["plans_open"].beside == []

    chosen = page_of(asked(comparator="own:our neighbours"))
    assert chosen.funnel[2].published == "29.5%, Our neighbours, year to 31 March 2025"
    assert chosen.funnel[4].published.startswith("12.5%, Our neighbours")
    assert chosen.funnel[8].published == "None is published"
    assert page_of(asked(comparator="own:nobody")).funnel[2].published.startswith("31.3%, England")


@pytest.fixture
def case():
    made = Case()
    made.enquiry(date(2026, 1, 5), ended=date(2026, 2, 20), outcome="conference")
    return made


def test_a_share_that_nobody_knows_is_not_compared(analyst):
    enters(analyst)
    own = all_comparators()["own:our neighbours"]
    assert beside(SERIES["to_plan"], Tally(), [], own) is None
    assert beside(SERIES["to_conference"], Tally(), [], own)


def test_what_was_wrong_is_put_right_by_another_and_stays_in_the_history(analyst):
    wrong = enters(analyst)
    right = correct_comparator(
        comparator=wrong,
        percent=Decimal("28.5"),
        source="",
        reason="Read a line too low",
        by=analyst,
    )
    wrong.refresh_from_db()

    assert right
    assert (right.corrects, right.percent, right.source) == (wrong, Decimal("28.5"), TOOL)
    assert (wrong.withdrawn_because, wrong.withdrawn_by) == ("Read a line too low", analyst)
    assert [one.share("to_conference") for one in all_comparators().values()][-1] == 0.285
    for again in ({"comparator": wrong}, {"reason": ""}, {}, {"percent": Decimal(101)}):
        given: dict[str, Any] = {
            "comparator": right,
            "percent": Decimal("28.5"),
            "source": TOOL,
            "reason": "Again",
        }
        with pytest.raises(CannotDo):
            correct_comparator(by=analyst, **(given | again))


def test_it_is_withdrawn_with_nothing_in_its_place(analyst):
    made = enters(analyst)
    left = correct_comparator(
        comparator=made, percent=None, source="", reason="Not ours to use", by=analyst
    )
    assert left is None
    assert "own:our neighbours" not in all_comparators()
    assert TrailEvent.objects.filter(what="Withdrew a comparator of the figures").exists()
    enters(analyst)


def test_an_analyst_enters_one_and_puts_it_right_on_the_page(client, analyst):
    assert "Nothing has been entered yet" in see(client, analyst, "record_comparator")
    sent = {
        "name": "Our neighbours",
        "measure": "to_plan",
        "year": str(last_year(timezone.localdate())),
        "percent": "84.2",
        "source": TOOL,
    }
    bad = send(client, analyst, "record_comparator", sent | {"percent": "184"})
    assert "There is a problem" in bad.content.decode()
    assert "Our neighbours" in bad.content.decode()
    assert send(client, analyst, "record_comparator", sent).status_code == 302
    again = send(client, analyst, "record_comparator", sent).content.decode()
    assert "This is entered already" in again
    assert TOOL in see(client, analyst, "months")

    made = OwnComparator.objects.get()
    right = {"percent": "", "source": "", "reason": "Of another year"}
    assert send(client, analyst, "correct_comparator", right, made.pk).status_code == 302
    assert send(client, analyst, "correct_comparator", right, made.pk).status_code == 403
    listed = see(client, analyst, "record_comparator")
    assert "Withdrawn" in listed
    assert "Of another year" in listed
    worker = social_worker()
    assert send(client, worker, "record_comparator", sent).status_code == 403
