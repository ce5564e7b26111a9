"""The invented service, written down: its teams, its workers, and how they sign in."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password

from hearth.accounts.models import User
from hearth.demo.grades import TEAMS
from hearth.demo.staff import KNOWN_ADDRESSES, Service, Worker
from hearth.demo.stories.pen import INDEPENDENT, at
from hearth.lib.dates import add_months
from hearth.protection.actions import open_room
from hearth.workforce.models import (
    Registration,
    Staff,
    Team,
    TeamMembership,
    TeamName,
    TeamPosts,
)

OPENED = date(2009, 4, 1)
ADDRESS = "Fenbridge House, Staithe Road, Fenbridge"
ROOMS = (("The Willow room", 18), ("The Alder room", 12), ("The Sedge room", 8))


class Payroll:
    """Where an invented worker's account and an invented team's record are found."""

    def __init__(self, teams: dict[str, Team], users: dict[str, User]) -> None:
        self.teams, self.users = teams, users

    def user(self, worker: Worker) -> User:
        """A worker's account."""
        return self.users[worker.email]

    def team(self, key: str) -> Team:
        """A team's record."""
        return self.teams[key]


def write(service: Service, *, password: str) -> Payroll:
    """Write the service down. Those whose addresses are known may sign in with the password.

    Written a table at a time rather than through the actions: five hundred people's careers are
    facts about the past, and nothing follows from them.
    """
    teams = _write_teams(service)
    users = _write_users(service.workers, password)
    staff = _write_staff(service.workers, users)
    _write_memberships(service.workers, staff, teams)
    return Payroll(teams, users)


def open_rooms(service: Service, payroll: Payroll) -> None:
    """Put on the list the rooms that conferences are booked into."""
    by = payroll.user(service.posts_of(INDEPENDENT, "support")[0].held_on(service.today))
    for name, seats in ROOMS:
        open_room(name=name, address=ADDRESS, seats=seats, by=by)


def retire(service: Service) -> None:
    """Close the accounts of those who have left, once all that they did has been written."""
    gone = [worker.email for worker in service.workers if worker.ended_on is not None]
    User.objects.filter(username__in=gone).update(is_active=False)


def _write_teams(service: Service) -> dict[str, Team]:
    opened = min(OPENED, service.since)
    teams = Team.objects.bulk_create(
        Team(name=t.name, kind=t.kind, service=t.service, opened_on=opened) for t in TEAMS
    )
    names, posts = [], []
    for planned, team in zip(TEAMS, teams, strict=True):
        renamed = add_months(service.today, -planned.renamed) if planned.once else opened
        if planned.once:
            names.append(
                TeamName(team=team, name=planned.once, started_on=opened, ended_on=renamed)
            )
        names.append(TeamName(team=team, name=planned.name, started_on=renamed))
        filled = len(service.posts_of(planned.key))
        posts.append(TeamPosts(team=team, posts=filled + filled // 12, started_on=opened))
    TeamName.objects.bulk_create(names)
    TeamPosts.objects.bulk_create(posts)
    return {planned.key: team for planned, team in zip(TEAMS, teams, strict=True)}


def _write_users(workers: Iterable[Worker], password: str) -> dict[str, User]:
    """Known addresses first, so that the list of sign-ins names those."""
    ordered = sorted(
        workers,
        key=lambda w: list(KNOWN_ADDRESSES).index(w.email) if w.email in KNOWN_ADDRESSES else 999,
    )
    known, nobody = make_password(password), make_password(None)
    users = User.objects.bulk_create(
        User(
            username=worker.email,
            email=worker.email,
            first_name=worker.given_names,
            last_name=worker.family_name,
            roles=list(worker.grade.roles),
            password=known if worker.email in KNOWN_ADDRESSES else nobody,
            ends_on=worker.ended_on,
            date_joined=at(worker.started_on, 9),
        )
        for worker in ordered
    )
    return {user.email: user for user in users}


def _write_staff(workers: Iterable[Worker], users: dict[str, User]) -> dict[str, Staff]:
    staff = Staff.objects.bulk_create(
        Staff(
            user=users[worker.email],
            job_title=worker.grade.title,
            phone=worker.phone,
            employment=worker.grade.employment,
            started_on=worker.started_on,
            ended_on=worker.ended_on,
            asye_until=worker.asye_until,
            working_share=worker.working_share,
        )
        for worker in workers
    )
    by_email = {member.user.email: member for member in staff}
    Registration.objects.bulk_create(
        Registration(
            staff=by_email[worker.email],
            body=spell.body,
            number=f"SW{worker.number}",
            started_on=spell.started_on,
            expires_on=spell.expires_on,
        )
        for worker in workers
        for spell in worker.registrations
    )
    return by_email


def _write_memberships(
    workers: Iterable[Worker], staff: dict[str, Staff], teams: dict[str, Team]
) -> None:
    rows = []
    for worker in workers:
        spell = {"started_on": worker.started_on, "ended_on": worker.ended_on}
        member = staff[worker.email]
        manages = worker.grade.manages
        rows.append(
            TeamMembership(staff=member, team=teams[worker.team.key], manages=manages, **spell)
        )
        rows += [
            TeamMembership(staff=member, team=teams[team.key], manages=True, **spell)
            for team in worker.answers_for
            if team.key != worker.team.key
        ]
    TeamMembership.objects.bulk_create(rows)
