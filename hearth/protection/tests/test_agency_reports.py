"""An agency writes its report through a link that one browser opens once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.plans.actions import NewMember
from hearth.plans.models import Meeting
from hearth.protection import actions
from hearth.protection.models import AgencyReport, AgencyReportChild, ReportLink
from hearth.protection.tests import conferences as made
from hearth.protection.tests.pages import ask, text
from hearth.records.models import ChronologyEntry, DocumentVersion
from hearth.workforce.tests.factories import social_worker

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
WRITE = reverse("protection:agency_report")
PDF = b"%PDF-1.7 a report"


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


def address(secret):
    return reverse("protection:agency_link", args=[secret])


def opened(secret):
    """A browser of nobody known to us, which has opened the link."""
    browser = Client()
    assert browser.post(address(secret)).status_code == 302
    return browser


def sent(report, **but):
    """What the page sends."""
    set_worker(hearth_itself())
    report.refresh_from_db()
    given = {"version": report.version, "written_by": "Mrs Onwu, head"}
    for part in report.children.all():
        given[f"child-{part.child_id}-known"] = "Late on nine days."
        given[f"child-{part.child_id}-worries"] = "Hungry at lunch."
    return {**given, **but}


@pytest.fixture
def asked():
    return made.asked_agency(made.booked(made.requested(*made.family(2, known_as="Bea"))))


def test_before_it_is_opened_by_hand_a_link_tells_nothing_and_is_not_used_up(asked):
    member, secret = asked

    page = text(Client().get(address(secret)))

    for word in ("Bea", "Quill", "Onwu", "onference", "school"):
        assert word not in page
    set_worker(hearth_itself())
    assert ReportLink.objects.get().opened_at is None
    assert secret not in str(ReportLink.objects.values().get())
    assert member.agency_report.due_on >= timezone.localdate()


def test_an_agency_is_told_first_names_and_the_day_and_its_words_are_kept_until_it_sends(asked):
    member, secret = asked
    browser = opened(secret)

    with at_most_queries(15):
        page = text(browser.get(WRITE))
    assert "Bea" in page
    assert "Quill" not in page
    assert 'aria-label="Hearth"' not in page
    report = member.agency_report
    browser.post(WRITE, {**sent(report), "save": "yes"})
    assert "Late on nine days." in text(browser.get(WRITE))
    told = browser.post(WRITE, sent(report, family="One more"), headers={"X-Hearth-Saves": "1"})
    assert told.json() == {"version": 3}
    receipt = browser.post(WRITE, {**sent(report), "send": "yes"})

    assert "Your report has been sent" in text(receipt)
    set_worker(hearth_itself())
    report.refresh_from_db()
    assert report.sent_at is not None
    assert set(report.children.values_list("worries", flat=True)) == {"Hungry at lunch."}
    assert ChronologyEntry.objects.filter(title__contains="Report to the conference").count() == 2
    assert Notice.objects.filter(text__contains="has sent its report").exists()
    assert browser.get(WRITE).status_code == 404
    assert Client().get(address(secret)).status_code == 410


def test_a_link_opened_twice_is_refused_elsewhere_and_goes_on_where_it_was_opened(asked):
    _, secret = asked
    browser = opened(secret)

    for method in ("get", "post"):
        again = getattr(Client(), method)(address(secret))
        assert again.status_code == 409
        assert "opened already, in another browser" in text(again)
        assert "01632 960 000" in text(again)
    assert browser.get(WRITE).status_code == 200
    assert Client().get(WRITE).status_code == 404
    set_worker(hearth_itself())
    assert TrailEvent.objects.filter(what="Refused an agency's link").count() == 2


def test_a_new_link_ends_the_old_and_carries_on_what_was_written(asked):
    member, secret = asked
    browser = opened(secret)
    browser.post(WRITE, {**sent(member.agency_report), "save": "yes"})
    set_worker(hearth_itself())

    newer = actions.ask_for_report(member=member, by=member.meeting.chair)

    assert "replaced by a newer one" in text(browser.get(WRITE))
    assert "replaced by a newer one" in text(Client().get(address(secret)))
    assert "Late on nine days." in text(opened(newer).get(WRITE))


def test_a_link_has_a_last_day_and_what_was_typed_on_it_is_given_back(asked):
    member, secret = asked
    browser = opened(secret)
    set_worker(hearth_itself())
    past = timezone.now() - timedelta(days=1)
    ReportLink.objects.update(recorded_at=past - timedelta(days=14), expires_at=past)

    late = browser.post(WRITE, sent(member.agency_report, family="She was hungry again today."))

    assert late.status_code == 410
    assert "This link has expired" in text(late)
    assert "She was hungry again today." in text(late)
    assert Client().get(address(secret)).status_code == 410


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"cancelled_reason": "Moved away"}, "This conference is not being held"),
        ({"held_at": timezone.now()}, "This conference has been held"),
    ],
)
def test_a_link_to_a_conference_that_is_over_or_off_says_so(asked, what, words):
    member, secret = asked
    also = {"cancelled_at": timezone.now(), "cancelled_by": member.meeting.chair}
    Meeting.objects.update(**what, **(also if "cancelled_reason" in what else {}))

    page = Client().get(address(secret))

    assert (page.status_code, words in text(page)) == (410, True)


def test_a_guess_opens_nothing(asked):
    assert asked
    browser = Client()
    assert browser.get(address("guess")).status_code == 404
    browser.cookies["hearth_report"] = "1:guess"
    assert "This link does not work" in text(browser.get(WRITE))


def test_so_many_tries_a_minute_and_no_more(asked, settings):
    settings.AGENCY_REPORT_RATE = "2/m/ip"
    browser = Client()

    found = [browser.get(address("guess")).status_code for _ in range(3)]

    assert asked
    assert found == [404, 404, 429]


def test_two_windows_of_one_browser_are_shown_each_others_words(asked):
    member, secret = asked
    browser, report = opened(secret), member.agency_report
    first = sent(report, family="From the first window")
    browser.post(WRITE, {**first, "save": "yes"})

    page = text(browser.post(WRITE, {**first, "family": "From the second", "save": "yes"}))

    assert "changed in another window" in page
    assert "From the first window" in page
    assert "From the second" in page


def test_a_save_whose_answer_was_lost_is_gone_on_with_and_is_no_other_windows(asked):
    member, secret = asked
    browser, report = opened(secret), member.agency_report
    said = sent(report, family="Mum comes to every meeting.")
    saves = {"headers": {"X-Hearth-Saves": "1"}}
    assert browser.post(WRITE, said, **saves).json() == {"version": 2}

    longer = {**said, "family": "Mum comes to every meeting. So does Dad."}
    assert browser.post(WRITE, longer, **saves).json() == {"version": 3}
    shorter = browser.post(WRITE, {**said, "family": "Mum comes."}, **saves)

    assert shorter.status_code == 409
    set_worker(hearth_itself())
    report.refresh_from_db()
    assert report.family == "Mum comes to every meeting. So does Dad."


def test_a_report_sent_again_because_the_answer_was_lost_is_not_said_to_be_unsaved(asked):
    member, secret = asked
    browser = opened(secret)
    said = sent(member.agency_report, send="yes", family="Mum comes to every\r\nmeeting.")
    answer = Client()
    answer.cookies = browser.cookies.copy()
    browser.post(WRITE, said)

    again = text(answer.post(WRITE, said))
    newer = text(answer.post(WRITE, {**said, "family": "She came yesterday too."}))

    assert "This report has been sent" in again
    assert "It was not saved" not in again
    assert "She came yesterday too." in newer
    assert "every meeting" not in newer


def test_a_file_that_is_not_what_it_says_is_refused_with_nothing_typed_lost(asked):
    member, secret = asked
    browser, report = opened(secret), member.agency_report
    fake = SimpleUploadedFile("report.pdf", b"MZ this runs")

    page = browser.post(WRITE, {**sent(report, family="All I know"), "send": "yes", "file": fake})

    assert "is called a PDF, and is not one inside" in text(page)
    assert "All I know" in text(page)
    set_worker(hearth_itself())
    report.refresh_from_db()
    assert (report.sent_at, report.family, report.document) == (None, "", None)


def test_a_file_is_kept_with_the_childrens_documents_and_a_second_takes_its_place(asked):
    member, secret = asked
    browser, report = opened(secret), member.agency_report
    for name in ("first.pdf", "second.pdf"):
        file = SimpleUploadedFile(name, PDF)
        browser.post(WRITE, {**sent(report), "save": "yes", "file": file})

    set_worker(hearth_itself())
    names = DocumentVersion.objects.order_by("number").values_list("file_name", flat=True)
    assert list(names) == ["first.pdf", "second.pdf"]
    report.refresh_from_db()
    assert report.document.about == report.about


@pytest.mark.parametrize(
    ("but", "words"), [({"written_by": ""}, "Say who you are"), ({"known": ""}, "If it is nothing")]
)
def test_a_report_says_who_wrote_it_and_what_is_known_of_each_child(asked, but, words):
    member, secret = asked
    browser, report = opened(secret), member.agency_report
    given = sent(report)
    if "known" in but:
        given = {name: words for name, words in given.items() if not name.endswith("-known")}

    page = text(browser.post(WRITE, {**given, **but, "send": "yes"}))

    assert words in page
    assert "Hungry at lunch." in page
    set_worker(hearth_itself())
    assert AgencyReport.objects.get().sent_at is None


def test_only_an_agency_is_asked_and_only_before_the_conference():
    conference = made.booked()
    member, _ = made.asked_agency(conference)
    worker = social_worker()
    ours = NewMember(name="Sam Reed", worker=worker)
    (sam,) = actions.invite(conference=conference, members=[ours], by=conference.meeting.chair)

    with pytest.raises(CannotDo, match="Only another agency"):
        actions.ask_for_report(member=sam, by=worker)
    actions.uninvite(member=member, by=conference.meeting.chair)
    with pytest.raises(CannotDo, match="no longer asked"):
        actions.ask_for_report(member=member, by=worker)


def test_the_page_shows_the_link_once_and_sends_it_where_there_is_email(ask, settings, mailoutbox):
    settings.EMAIL_CONFIGURED = True
    conference = made.booked()
    member, _ = made.asked_agency(conference)
    worker = social_worker()

    assert "A link was made before" in text(ask(worker, "ask_for_report", member.pk))
    shown = text(ask(worker, "ask_for_report", member.pk, data={"yes": "yes"}))

    (mail,) = mailoutbox
    assert mail.to == ["head@school.example"]
    link = next(line for line in mail.body.splitlines() if "/agency-report/" in line)
    assert link in shown
    for word in ("Quill", "onference", "Onwu", "child protection"):
        assert word not in mail.body
    assert link not in text(ask(worker, "ask_for_report", member.pk))


def test_what_came_and_what_is_overdue_is_on_the_conferences_pages(ask):
    conference = made.begun()
    chair = conference.meeting.chair
    school = made.members_of(conference)["Mrs Onwu"]
    AgencyReport.objects.create(
        conference=conference,
        member=school,
        about=conference.about,
        due_on=timezone.localdate() - timedelta(days=1),
        asked_on=timezone.localdate() - timedelta(days=5),
        asked_by=chair,
    )

    assert "Overdue" in text(ask(chair, "conference", conference.pk))
    AgencyReport.objects.update(sent_at=timezone.now(), written_by="Mrs Onwu, head")
    made_of = AgencyReport.objects.get()
    AgencyReportChild.objects.create(
        report=made_of, child_id=conference.about[0], known="Late on nine days."
    )
    for page in ("decide_conference", "conference_reports"):
        assert "Late on nine days." in text(ask(chair, page, conference.pk)), page


def test_reports_to_a_conference_that_began_are_not_asked_for_nor_said_to_be_awaited(ask):
    conference = made.booked()
    made.asked_agency(conference)
    meeting = conference.meeting
    begun = {"planned_from": timezone.now() - timedelta(hours=1), "planned_to": timezone.now()}
    Meeting.objects.filter(pk=meeting.pk).update(**begun)

    assert "Make a new link" not in text(ask(meeting.chair, "conference_reports", conference.pk))
    Meeting.objects.filter(pk=meeting.pk).update(held_at=begun["planned_from"])

    assert "Held without it" in text(ask(meeting.chair, "conference_reports", conference.pk))


def test_a_reviews_live_page_keeps_its_budget_with_reports_that_came_by_links(ask):
    first = made.issued(*made.family(3))
    made.back_in_time(first.plan)
    review = made.booked(made.review_of(first))
    made.sent_agency(review)
    Meeting.objects.filter(pk=review.meeting_id).update(planned_from=timezone.now())
    chair = review.meeting.chair

    page = ask(chair, "decide_conference", review.pk)

    assert "Late on nine days." in text(page)
    assert "What was asked last time" in text(page)
    (line,) = page.context["page"].reports.lines
    assert line.opened


def test_when_the_family_had_each_report_is_recorded(ask):
    report = made.sent_agency()
    conference, today = report.conference, timezone.localdate()
    chair = conference.meeting.chair

    ask(chair, "record_reports_shared", conference.pk)
    for day, reports, words in (
        (today + timedelta(days=1), [report], "has not come"),
        (today - timedelta(days=1), [report], "after that day"),
        (today, [], "Choose which reports"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.record_reports_shared(
                conference=conference, reports=reports, own=False, shared_on=day, by=chair
            )
    with pytest.raises(CannotDo, match="has not been written"):
        actions.record_reports_shared(
            conference=conference, reports=[], own=True, shared_on=today, by=chair
        )
    sent_on = {f"shared_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    ask(chair, "record_reports_shared", conference.pk, data={"reports": [report.pk], **sent_on})

    assert AgencyReport.objects.get().shared_on == today
