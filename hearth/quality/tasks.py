"""The checks' work in the background: soon after a record is written, and every night."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from hearth.accounts.actions import system_worker
from hearth.quality import actions

# Seconds. A worker saves several things of one family at a time: the checks wait for the last.
PAUSE = 3
MOST_AT_ONCE = 50


def look_soon(people: Collection[int]) -> None:
    """Have the checks look at these people's records in a moment, once however often asked."""
    ids: list[Any] = sorted(people)
    if not ids or len(ids) > MOST_AT_ONCE:
        return  # work in bulk is looked at in the night
    lock = f"quality:{','.join(map(str, ids))}"
    try:
        look_again.configure(queueing_lock=lock, schedule_in={"seconds": PAUSE}).defer(
            children=[*ids]
        )
    except exceptions.AlreadyEnqueued:
        return


@app.task(name="quality.look_again")
def look_again(*, children: Sequence[int]) -> None:
    """Look at some children's records."""
    actions.look(children, today=timezone.localdate(), by=system_worker())


@app.periodic(cron="15 2 * * *")
@app.task(name="quality.look_at_everybody", pass_context=False, queueing_lock="quality.everybody")
def look_at_everybody(timestamp: int) -> None:
    """Every night, look at every child whose case is open: time alone makes some things wrong."""
    del timestamp
    actions.look_at_open_cases(today=timezone.localdate(), by=system_worker())


@app.periodic(cron="45 3 * * *")
@app.task(name="quality.look_at_figures", pass_context=False, queueing_lock="quality.figures")
def look_at_figures(timestamp: int) -> None:
    """Every night, hold the figures of enquiries, conferences and plans against their limits.

    The first night after a month is over, they are kept as they were first reported.
    """
    del timestamp
    today, by = timezone.localdate(), system_worker()
    actions.keep_first_figures(today=today, by=by)
    actions.look_at_figures(today=today, by=by)
