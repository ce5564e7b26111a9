"""What a browser sends and reads, for the tests of this room's pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself


def address(name, *args):
    return reverse(f"protection:{name}", args=args)


@pytest.fixture
def ask(client):
    """Open or send a page as somebody, within the budget of questions."""

    def opened(worker, name, *args, data=None, **how):
        client.force_login(worker)
        place = address(name, *args)
        if data is None:
            with at_most_queries(15):
                answer = client.get(place, **how)
        else:
            answer = client.post(place, data, **how)
        set_worker(hearth_itself())
        return answer

    return opened


def text(answer):
    return answer.content.decode()


def dated(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def at(name, moment):
    moment = timezone.localtime(moment)
    return {**dated(name, moment.date()), f"{name}_time": f"{moment:%H:%M}"}
