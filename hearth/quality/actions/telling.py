"""Telling: the worker at once, their managers when the check says so, each once."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.checks import Severity
from hearth.casework.models import Allocation
from hearth.quality.models import Alert, AlertTold
from hearth.workforce.models import TeamMembership


def tell(children: Sequence[int], *, today: date, by: User) -> None:
    """Tell those who do not know yet of what sounds for these children.

    A worker finds it on their desk, with no notice; a manager has a notice of what is critical.
    """
    alerts = list(Alert.objects.sounding(today).filter(child__in=children).select_related("child"))
    leads = {
        lead.child_id: lead
        for lead in Allocation.objects.current().leading().filter(child__in=children)
    }
    managers = _managers({lead.team_id for lead in leads.values()}, today)
    told = set(AlertTold.objects.filter(alert__in=alerts).values_list("alert", "to"))
    new: list[AlertTold] = []
    for alert in alerts:
        lead = leads.get(alert.child_id)
        theirs = managers.get(lead.team_id, []) if lead else []
        owed = [lead.worker_id] if lead else []
        if alert.managers_from <= today:
            owed += theirs
            _notice(alert, [pk for pk in theirs if (alert.pk, pk) not in told], by)
        new += [
            AlertTold(alert=alert, child_id=alert.child_id, to_id=pk)
            for pk in dict.fromkeys(owed)
            if (alert.pk, pk) not in told
        ]
    AlertTold.objects.bulk_create(new)


def _managers(teams: Iterable[int], today: date) -> dict[int, list[int]]:
    """The managers of each of these teams, by their users' ids."""
    found: dict[int, list[int]] = {}
    rows = TeamMembership.objects.on(today).filter(team__in=list(teams), manages=True)
    for team, user in rows.values_list("team_id", "staff__user_id"):
        found.setdefault(team, []).append(user)
    return found


def _notice(alert: Alert, managers: Sequence[int], by: User) -> None:
    if managers and alert.check_declared.severity == Severity.CRITICAL:
        notify(
            to=User.objects.filter(pk__in=managers),
            text=f"{alert.child}: {alert}",
            page=reverse("quality:child", args=[alert.child_id]),
            subject=alert,
            by=by,
        )
