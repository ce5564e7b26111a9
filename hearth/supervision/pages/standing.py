"""How each worker's supervision stands: when it was last held, when it is due, what is missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, SUPERVISED, Role
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import TIMESCALES, Due, LocalRules, due
from hearth.supervision import timescales
from hearth.supervision.models import Session
from hearth.supervision.models.sessions import AWAY, MEETS_THE_DUTY
from hearth.supervision.rules import session_due
from hearth.workforce.models import Staff, Team, TeamMembership

SOON = timedelta(days=7)
SEE_ALL = (Role.SERVICE_MANAGER, Role.DIRECTOR, Role.PRINCIPAL_SOCIAL_WORKER)


@dataclass(frozen=True, slots=True)
class Standing:
    """One worker's supervision today."""

    staff: Staff
    last: date | None
    due: Due
    planned: Session | None = None
    unrecorded: list[Session] = field(default_factory=list)
    unsigned: list[Session] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    write_up: dict[int, date] = field(default_factory=dict)

    def is_overdue(self, today: date) -> bool:
        """Whether supervision should have been held by now."""
        return self.due.on < today

    def states(self, today: date) -> list[tuple[str, str]]:
        """What is to be said of it, the gravest first, each with its colour."""
        said = []
        if self.is_overdue(today):
            said.append(("Overdue" if self.last else "None on record", "red"))
        for session in self.unrecorded:
            late = self.write_up[session.pk] < today
            words = ("Held, not recorded", "red") if late else ("Held, to be recorded", "orange")
            said.append(words)
        if self.unsigned:
            said.append(("Worker has not signed", "yellow"))
        if not said and self.due.on <= today + SOON:
            said.append(("Due soon", "yellow"))
        return said or [("In time", "green")]

    def needs(self, today: date) -> set[str]:
        """Which of the lists it belongs on."""
        found = {"all"}
        found |= {"overdue"} if self.is_overdue(today) else set()
        found |= {"unrecorded"} if self.unrecorded else set()
        found |= {"unsigned"} if self.unsigned else set()
        return found


def supervised(*, today: date) -> QuerySet[Staff]:
    """Everybody who works here in a role that is supervised."""
    return Staff.objects.employed_on(today).filter(
        user__roles__overlap=[role.value for role in SUPERVISED], user__is_active=True
    )


def seen_by(worker: User, *, today: date) -> QuerySet[Staff]:
    """Everybody supervised whom this worker answers for; never oneself."""
    if worker.has_role(*SEE_ALL):
        return supervised(today=today).exclude(user=worker)
    return managed_by(worker, today=today)


def managed_by(worker: User, *, today: date) -> QuerySet[Staff]:
    """Everybody supervised in a team this worker manages; never oneself."""
    joined = TeamMembership.objects.on(today)
    teams = joined.filter(staff__user=worker, manages=True).values("team")
    members = joined.filter(team__in=teams).values("staff")
    found = supervised(today=today).filter(pk__in=members).exclude(user=worker)
    return found.exclude(user__roles__overlap=[role.value for role in MANAGERS])


def members_of(team: Team, *, today: date) -> QuerySet[Staff]:
    """Everybody of one team who is supervised."""
    members = TeamMembership.objects.on(today).filter(team=team).values("staff")
    return supervised(today=today).filter(pk__in=members)


def standings(staff: QuerySet[Staff], *, local: LocalRules | None = None) -> list[Standing]:
    """How each stands, the longest overdue first. Four queries, however many there are."""
    members = list(staff.select_related("user").order_by("user__first_name", "user__last_name"))
    sessions = _sessions([member.user_id for member in members])
    local = local or local_rules()
    found = [_standing(member, sessions.get(member.user_id, []), local) for member in members]
    return sorted(found, key=lambda one: (one.due.on, str(one.staff)))


def with_teams(found: Sequence[Standing], *, today: date) -> Sequence[Standing]:
    """The same, each with the teams they are in. One query."""
    by_staff = {one.staff.pk: one for one in found}
    joined = TeamMembership.objects.on(today).filter(staff__in=by_staff)
    for membership in joined.select_related("team"):
        by_staff[membership.staff_id].teams.append(str(membership.team))
    return found


def _sessions(workers: Collection[int]) -> dict[int, list[Session]]:
    """Each worker's last held, and those planned, unrecorded, unsigned, or missed while away."""
    theirs = Session.objects.filter(worker__in=workers)
    latest = theirs.meeting_the_duty().held().order_by("worker", "-held_on", "-pk")
    wanted = theirs.filter(
        Q(held_on=None, not_held="")
        | Q(held_on__isnull=False, finished_at=None)
        | Q(finished_at__isnull=False, signed_at=None)
        | Q(not_held__in=AWAY)
        | Q(pk__in=latest.distinct("worker").values("pk"))
    )
    found: dict[int, list[Session]] = {}
    for session in wanted.select_related("supervisor").order_by("-planned_on", "-pk"):
        found.setdefault(session.worker_id, []).append(session)
    return found


def _standing(staff: Staff, sessions: Sequence[Session], local: LocalRules) -> Standing:
    held = [s.held_on for s in sessions if s.held_on and s.kind in MEETS_THE_DUTY]
    last = max(held, default=None)
    away = [s for s in sessions if s.not_held and (last is None or s.planned_on >= last)]
    unrecorded = [s for s in sessions if s.is_open]
    return Standing(
        staff,
        last,
        session_due(staff, last=last, away=away[0] if away else None, local=local),
        next((s for s in sessions if s.is_planned), None),
        unrecorded,
        [s for s in sessions if s.finished_at and not s.signed_at],
        write_up={s.pk: write_up_by(s, local) for s in unrecorded},
    )


def write_up_by(session: Session, local: LocalRules) -> date:
    """The day by which a session that was held is to be written up."""
    assert session.held_on is not None  # noqa: S101 - asked only of those held
    found = due(TIMESCALES[timescales.WRITE_UP.key], session.held_on, local)
    return found.on if found else session.held_on
