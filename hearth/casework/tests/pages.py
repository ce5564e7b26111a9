"""How the tests ask for casework's pages, and what they are of."""

from datetime import date

from django.urls import reverse

from hearth.accounts.worker_context import set_worker
from hearth.casework import actions
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import ChildFactory

DAY = date(2026, 2, 3)


def look(client, who, address, *args, query="", most=15):
    client.force_login(who)
    with at_most_queries(most):
        response = client.get(reverse(f"casework:{address}", args=args) + query)
    assert response.status_code == 200, response.content.decode()
    set_worker(hearth_itself())
    return response.content.decode()


def send(client, who, address, /, *args, **data):
    client.force_login(who)
    response = client.post(reverse(f"casework:{address}", args=args), data)
    set_worker(hearth_itself())
    return response


def refused(client, who, address, *args):
    client.force_login(who)
    response = client.get(reverse(f"casework:{address}", args=args))
    assert response.status_code == 403
    return response.content.decode()


def days(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def a_task(worker, team, child=None, key="tests.plan", **kwargs):
    return actions.open_step(
        key,
        children=[child or ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
        **kwargs,
    )
