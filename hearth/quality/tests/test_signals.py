"""When the figures signal: who is told, who asks why, and what closes it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.pages import days
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.dates import add_months
from hearth.lib.errors import CannotDo
from hearth.lib.panels import desk_panels
from hearth.quality import actions, tasks
from hearth.quality.actions import (
    begin_afresh,
    conclude_investigation,
    look_at_figures,
    note_month,
    open_investigation,
    withdraw_note,
)
from hearth.quality.flow import looking
from hearth.quality.flow.record import Leads, Record
from hearth.quality.flow.series import SERIES
from hearth.quality.models import ChartNote, ChartStart, Signal
from hearth.quality.rules.months import last_whole
from hearth.quality.tests.factories import SignalFactory, being_asked
from hearth.quality.tests.stories_of_months import (
    CHANGED,
    FIRST,
    LAST,
    STEADY,
    UNCHANGED,
    Service,
    then,
)
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
FALL = Service(open=then(STEADY, 58, 55, 51, 47, 43, 39, 35, 32))


def holding(role):
    return StaffFactory.create(user=UserFactory.create(roles=[role])).user


@pytest.fixture
def analyst():
    return holding(Role.ANALYST)


@pytest.fixture
def head():
    return holding(Role.SERVICE_MANAGER)


@pytest.fixture
def director():
    return holding(Role.DIRECTOR)


@pytest.fixture
def figures(monkeypatch):
    """Have the record hold what a story says, and look at it."""

    def look(service, *, leads=None):
        record = service.record()
        held = replace(record, leads=leads) if leads else record
        monkeypatch.setattr(looking, "read", lambda _first: held)
        return look_at_figures(today=TODAY, by=system_worker())

    return look


def told(signal):
    return set(signal.told.values_list("to", flat=True))


def plans_open():
    return Signal.objects.standing().get(series="plans_open")


def asks(signal, by, **said):
    given = {"question": "Why did they fall?", "method": "Every second that ended", "owner": by}
    return open_investigation(signal=signal, by=by, **(given | said))


def concludes(signal, by, **said):
    given: dict[str, Any] = {
        "sampled": 24,
        "findings": "Thresholds moved in March.",
        "decision": "practice",
        "decision_words": "The threshold document is read again with the police and health.",
        "review_on": timezone.localdate() + timedelta(90),
    }
    return conclude_investigation(signal=signal, by=by, **(given | said))


@pytest.mark.parametrize("story", CHANGED, ids=lambda story: story.words)
def test_figures_that_changed_signal(story):
    assert story.fires()


@pytest.mark.parametrize("story", UNCHANGED, ids=lambda story: story.words)
def test_figures_that_only_look_changed_do_not(story):
    assert not story.fires()


def test_a_signal_is_kept_and_told_once_with_a_day_to_ask_why_by(figures, analyst, head, director):
    new = figures(FALL)
    signal = plans_open()

    assert signal in new
    assert (signal.check_key, signal.high, signal.month) == ("PC-021", False, LAST)
    assert signal.rules == ["outside", "trend", "shift", "stock"]
    assert signal.due_on == date(2026, 6, 29)
    assert told(signal) == {analyst.pk, head.pk, director.pk}
    notice = Notice.objects.filter(to=head, subject=f"quality.Signal:{signal.pk}").get()
    assert "Protection plans open at the end of the month: below the limits" in notice.text
    assert "Ask why by 29 June 2026." in notice.text

    assert figures(FALL) == []
    assert Notice.objects.filter(to=head, subject=f"quality.Signal:{signal.pk}").count() == 1


def test_the_first_look_locks_where_the_limits_begin(figures):
    figures(Service())
    assert set(ChartStart.objects.values_list("month", flat=True)) == {FIRST}
    figures(FALL)
    assert ChartStart.objects.count() == len(SERIES)


def test_nothing_on_record_sets_nothing_and_signals_nothing(monkeypatch):
    monkeypatch.setattr(looking, "read", lambda _first: Record([], [], []))
    assert look_at_figures(today=TODAY, by=system_worker()) == []
    assert not ChartStart.objects.exists()


def test_the_director_is_told_of_shares_only_when_two_quarters_signal(figures, director):
    figures(Service(lead=then([10, 11] * 12, 28)))
    signal = Signal.objects.get(series="to_conference")
    assert signal.twice is False
    assert director.pk not in told(signal)

    figures(Service(lead=then([10, 11] * 12, 28, 10, 28)))
    assert Signal.objects.get(series="to_conference").twice is True
    assert director.pk in told(signal)


def test_what_is_recorded_late_takes_a_signal_back_unless_somebody_is_asking(figures, analyst):
    figures(FALL)
    signal = plans_open()
    figures(Service())
    signal.refresh_from_db()
    assert signal.closed_because.startswith("What was recorded since")

    figures(FALL)
    asks(plans_open(), analyst)
    figures(Service())
    assert plans_open().closed_at is None


def test_what_was_answered_for_signals_again_only_by_later_months(figures, analyst, head):
    figures(FALL)
    signal = plans_open()
    asks(signal, analyst)
    concludes(signal, head)
    figures(FALL)

    assert not Signal.objects.standing().filter(series="plans_open").exists()


def test_a_team_is_told_of_only_by_the_two_rules_that_chance_seldom_meets(figures, head):
    team = TeamFactory.create()
    boss = manager(team)
    everybody: dict[int, list[tuple[date, date | None, int]]] = {
        child: [(date(2020, 1, 1), None, team.pk)] for child in range(1, 3000)
    }
    figures(Service(open=then(STEADY, 63, 62, 61, 60, 59, 58, 57)), leads=Leads(everybody))
    assert not Signal.objects.filter(team=team, series="plans_open").exists()

    figures(FALL, leads=Leads(everybody))
    signal = Signal.objects.get(team=team, series="plans_open")
    assert signal.rules == ["outside", "shift"]
    assert boss.pk in told(signal)
    assert head.pk not in told(signal)


def test_why_is_asked_once_with_a_question_and_cases_by_somebody_who_works_here(analyst):
    signal = SignalFactory.create()
    gone = UserFactory.create(is_active=False)
    for said in ({"question": ""}, {"method": ""}, {"owner": gone}):
        with pytest.raises(CannotDo):
            asks(signal, analyst, **said)
    asks(signal, analyst)
    with pytest.raises(CannotDo, match="already"):
        asks(signal, analyst)


@pytest.mark.parametrize(
    "said",
    [
        {"sampled": 0},
        {"findings": ""},
        {"decision": "maybe"},
        {"decision_words": ""},
        {"review_on": date(2026, 1, 1)},
    ],
)
def test_it_is_not_closed_without_cases_findings_a_decision_and_a_day(said, head):
    signal = being_asked()
    with pytest.raises(CannotDo):
        concludes(signal, head, **said)
    signal.refresh_from_db()
    assert signal.closed_at is None


def test_it_is_closed_once_and_not_before_somebody_asked(head, analyst):
    with pytest.raises(CannotDo, match="Nobody has asked"):
        concludes(SignalFactory.create(series="enquiries"), head)
    signal = being_asked()
    assert concludes(signal, head).signal.closed_because == "Practice must change"
    for again in (lambda: concludes(signal, head), lambda: asks(signal, analyst)):
        with pytest.raises(CannotDo, match="closed already"):
            again()
    assert TrailEvent.objects.filter(what="Concluded why the figures signalled").exists()


def test_a_month_is_noted_once_and_the_note_taken_back_once(analyst):
    month = last_whole(timezone.localdate())
    said = {"month": month, "words": "Each child has an enquiry.", "by": analyst}
    note = note_month(**said)
    for wrong in (
        {},
        {"words": ""},
        {"series": "rain"},
        {"month": add_months(month, 1)},
        {"month": month + timedelta(1)},
    ):
        with pytest.raises(CannotDo):
            note_month(**(said | wrong))
    withdraw_note(note=note, by=analyst)
    with pytest.raises(CannotDo):
        withdraw_note(note=note, by=analyst)
    assert not ChartNote.objects.standing().exists()


def test_limits_begin_afresh_only_with_a_reason_and_after_a_level_that_held(analyst):
    last = last_whole(timezone.localdate())
    month = add_months(last, -6)
    said = {"series": "plans_open", "month": month, "reason": "Two boroughs joined.", "by": analyst}
    for wrong in (
        {"series": "rain"},
        {"reason": ""},
        {"month": add_months(month, 1)},
        {"month": add_months(last, 1)},
    ):
        with pytest.raises(CannotDo):
            begin_afresh(**(said | wrong))
    begin_afresh(**said)
    with pytest.raises(CannotDo, match="already"):
        begin_afresh(**said)


def test_the_night_looks(figures, monkeypatch):
    seen = []
    monkeypatch.setattr(actions, "look_at_figures", lambda *, today, by: seen.append((today, by)))
    tasks.look_at_figures(0)
    assert seen == [(timezone.localdate(), system_worker())]


def see(client, who, name, *args):
    client.force_login(who)
    with at_most_queries(15):
        response = client.get(reverse(f"quality:{name}", args=args))
    set_worker(hearth_itself())
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client, who, name, *args, **data):
    client.force_login(who)
    response = client.post(reverse(f"quality:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def test_an_analyst_asks_and_a_senior_manager_decides(client, analyst, head):
    signal = SignalFactory.create()
    assert "Nobody has asked why yet" in see(client, analyst, "signal", signal.pk)
    assert "Why do the figures signal?" in see(client, analyst, "open_investigation", signal.pk)
    asked = {"question": "Why?", "method": "All of May", "owner": analyst.pk}
    assert send(client, analyst, "open_investigation", signal.pk, **asked).status_code == 302
    assert send(client, analyst, "conclude_investigation", signal.pk).status_code == 403

    unsaid = send(client, head, "conclude_investigation", signal.pk, sampled="")
    assert "There is a problem" in unsaid.content.decode()
    found = {
        "sampled": 12,
        "findings": "Thresholds moved",
        "decision": "accepted",
        "decision_words": "Nothing to do",
        **days("review_on", timezone.localdate() + timedelta(60)),
    }
    assert send(client, head, "conclude_investigation", signal.pk, **found).status_code == 302
    page = see(client, head, "signal", signal.pk)
    assert "The change is understood" in page
    assert "Thresholds moved" in page
    client.force_login(social_worker())
    assert client.get(reverse("quality:signal", args=[signal.pk])).status_code == 403


def test_the_charts_show_signals_and_notes_and_the_desk_what_waits(client, analyst, head):
    signal = SignalFactory.create(team=None)
    month = last_whole(timezone.localdate())
    sent = {"month": month.isoformat(), "series": "plans_open", "words": "One system for two"}
    assert send(client, analyst, "note_month", **sent).status_code == 302
    page = see(client, head, "months")
    assert "Nobody has asked why" in page
    assert "One system for two" in page
    assert [p.title for p in desk_panels(head, TODAY) if p.key == "signals"] == [
        "The figures signal (1)"
    ]
    assert not [p for p in desk_panels(social_worker(), TODAY) if p.key == "signals"]
    assert "Ask why by" in client.get("/").content.decode()
    set_worker(hearth_itself())

    note = ChartNote.objects.get()
    assert send(client, analyst, "withdraw_note", note.pk).status_code == 302
    assert send(client, analyst, "withdraw_note", note.pk).status_code == 403
    assert "One system for two" not in see(client, head, "months")
    asks(signal, analyst)
    assert "Being asked about" in see(client, head, "months")


def test_only_an_analyst_moves_what_is_usual(client, analyst, head):
    assert client.get(reverse("quality:begin_afresh")).status_code != 200
    month = add_months(last_whole(timezone.localdate()), -8)
    sent = {"series": "plans_open", "month": month.isoformat(), "reason": "Two boroughs joined"}
    assert send(client, head, "begin_afresh", **sent).status_code == 403
    assert send(client, analyst, "begin_afresh", **sent).status_code == 302
    again = send(client, analyst, "begin_afresh", **sent).content.decode()
    assert "choose a later month" in again


def test_the_rules_of_the_figures_stand_among_the_checks(client, analyst):
    page = see(client, analyst, "checks")
    assert "The number of children with a protection plan changed unusually" in page
    assert "PC-020" in page
