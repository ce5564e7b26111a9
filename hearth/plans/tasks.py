"""The work of plans that no page asks for: done each night by the job worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.plans import actions


@app.periodic(cron="10 4 * * *")
@app.task(name="plans.each_night")
def each_night(timestamp: int) -> None:  # noqa: ARG001 - when it was due, which the clock says too
    """End the plans of those who became 18, and tell of children whom nobody has seen."""
    today, by = timezone.localdate(), system_worker()
    with acting_as(by):
        actions.end_of_adults(today=today, by=by)
        actions.tell_of_unseen(today=today, by=by)
