"""Living the stories: the reports to a conference, ours and agencies', through their actions."""

from hearth.accounts.actions import system_worker
from hearth.casework.models import Task
from hearth.demo import protection_acts as acts
from hearth.demo.living.conferring import WHO, conference_of
from hearth.demo.living.life import Life, day_of, why_late
from hearth.plans.models import MeetingMember
from hearth.protection import actions
from hearth.protection.actions.agency_reports import link_in_use, why_not_ask
from hearth.protection.models import AgencyReport, Conference, ConferenceReport, ReportLink
from hearth.protection.pages.conference_report import report_paper
from hearth.protection.process import CONFERENCE_REPORT
from hearth.protection.report_links import LinkClosed


def ask_for_reports(life: Life, act: acts.AskForReports) -> None:
    """Send each agency its link; or another, to those who have not answered the first."""
    for member in _agencies(conference_of(life)):
        asked = AgencyReport.objects.filter(member=member).exists()
        if why_not_ask(member) is None and asked == act.again:
            life.links[member.pk] = actions.ask_for_report(member=member, by=life.user(act))


def _agencies(conference: Conference) -> list[MeetingMember]:
    members = conference.meeting.members.filter(removed_at=None).exclude(agency="")
    return list(members.order_by("pk"))


def agency_writes(life: Life, act: acts.AgencyWrites) -> None:
    """An agency writes through its link, having asked for another where that one has expired."""
    conference = conference_of(life)
    member = next(one for one in _agencies(conference) if one.agency == act.agency)
    link, browser = _opened(life, act, member)
    places = {child.pk: n for n, child in enumerate(life.children)}
    said = actions.AgencySaid(
        family=act.family,
        chronology=act.chronology,
        not_for_family=act.not_for_family,
        written_by=", ".join(WHO[act.agency]),
        children={pk: act.children.get(places[pk], {}) for pk in conference.about},
    )
    save = actions.send_agency_report if act.sends else actions.save_agency_report
    version = AgencyReport.objects.get(member=member).version
    save(link=link, browser=browser, version=version, said=said, by=system_worker())


def _opened(life: Life, act: acts.AgencyWrites, member: MeetingMember) -> tuple[ReportLink, str]:
    try:
        link, browser = actions.open_report_link(secret=life.links[member.pk], by=system_worker())
    except LinkClosed:
        secret = life.links[member.pk] = actions.ask_for_report(member=member, by=life.user(act))
        link, browser = actions.open_report_link(secret=secret, by=system_worker())
    return link_in_use(link.pk, browser), browser


def write_report(life: Life, act: acts.WriteReport) -> None:
    """Write the analysis of each child, and the danger."""
    conference = conference_of(life)
    report = ConferenceReport.objects.get(conference=conference)
    places = {child.pk: n for n, child in enumerate(life.children)}
    actions.write_report(
        conference=conference,
        version=report.version,
        danger=act.danger,
        significant_only=True,
        children={pk: act.parts[places[pk]] for pk in conference.about},
        by=life.user(act),
    )


def send_report(life: Life, act: acts.SendReport) -> None:
    """Give it to the parents, or say why they have not had it; send it to a manager."""
    conference = conference_of(life)
    task = Task.objects.outstanding().of_step(CONFERENCE_REPORT)
    actions.submit_report(
        conference=conference,
        shared=actions.Shared(on=None if act.not_shared else day_of(act), why_not=act.not_shared),
        content=report_paper(conference, today=day_of(act)).content(),
        late_reason=why_late(task.filter(record_id=conference.pk).first(), day_of(act)),
        by=life.user(act),
    )


def return_report(life: Life, act: acts.ReturnReport) -> None:
    """Send it back, saying what must change."""
    actions.return_report(conference=conference_of(life), comments=act.comments, by=life.user(act))


def agree_report(life: Life, act: acts.AgreeReport) -> None:
    """A manager agrees it, and it goes to the chair."""
    actions.authorise_report(
        conference=conference_of(life), comments=act.comments, by=life.user(act)
    )


def share_reports(life: Life, act: acts.ShareReports) -> None:
    """Give the family what agencies sent, where any did."""
    conference = conference_of(life)
    sent = AgencyReport.objects.filter(
        conference=conference, sent_at__isnull=False, shared_on=None, not_for_family=""
    )
    if sent:
        actions.record_reports_shared(
            conference=conference,
            reports=list(sent.order_by("pk")),
            own=False,
            shared_on=day_of(act),
            by=life.user(act),
        )
