"""A return that was checked: by whom, when, and how long what was found is held.

Nothing of the return itself is here. The names of its files, what could not be read and every
finding are in one file of their own (`hearth.returns.found`), so that when the file goes nothing of
them is left, in this table or in its history.
"""

import secrets
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User

HELD_FOR = timedelta(hours=1)


class Collection(models.TextChoices):
    """The returns that are checked."""

    CIN = "cin", "Children in need census (CIN)"
    SSDA903 = "ssda903", "Looked-after children return (SSDA903)"


class CheckState(models.TextChoices):
    """How far a check has come."""

    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Under way"
    NO_YEAR = "no_year", "Waits to be told its year"
    DONE = "done", "Finished"
    REFUSED = "refused", "Could not be read"


def _unguessed() -> str:
    return secrets.token_hex(32)


class CheckedQuerySet(models.QuerySet["CheckedReturn"]):
    """Checks, narrowed in the ways the service asks for them."""

    def visible_to(self, worker: User) -> Self:
        """Whoever asked for it sees what was found, and nobody else; until it has gone."""
        return self.held().filter(recorded_by=worker)

    def held(self) -> Self:
        """Those not removed, nor past their hour: whether or not anybody has cleared them away."""
        in_time = Q(held_until=None) | Q(held_until__gt=Now()) | Q(kept_at__isnull=False)
        return self.filter(in_time, gone_at=None)

    def over(self, *, begun_before: object) -> Self:
        """Those whose hour has passed, and those that began so long ago that nothing will come."""
        late = Q(held_until__lte=Now()) | Q(held_until=None, recorded_at__lt=begun_before)
        return self.filter(late, gone_at=None, kept_at=None)


@recorded
class CheckedReturn(models.Model):
    """One check of one return. `own` is one that Hearth built from its own record."""

    collection = models.CharField(max_length=10, choices=Collection.choices)
    own = models.BooleanField(default=False)
    # The year asked for, by the March it ends in; none when the return is to say it.
    asked_year = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.WAITING)
    # The random name of what is held of it.
    file = models.CharField(max_length=64, unique=True, default=_unguessed, editable=False)
    rules = models.PositiveSmallIntegerField(default=0)
    rules_done = models.PositiveSmallIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    children = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[CheckedQuerySet] = CheckedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="checked_return_is_held_for_a_time",
                condition=Q(finished_at=None) | Q(held_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_by", "-recorded_at"],
                name="checked_return_of_worker",
                condition=Q(gone_at=None),
            ),
        ]

    class Privacy:
        plain = (
            *("collection", "own", "asked_year", "year", "state", "file", "rules", "rules_done"),
            *("errors", "queries", "children", "finished_at", "held_until", "kept_at", "gone_at"),
            "recorded_at",
        )

    def __str__(self) -> str:
        return f"{self.get_collection_display()}{f', {self.year}' if self.year else ''}"

    @property
    def is_over(self) -> bool:
        """Whether it has finished, well or not."""
        return self.state in {CheckState.DONE, CheckState.REFUSED}

    @property
    def stands_still(self) -> bool:
        """Whether the job worker has nothing more to do, unless somebody says something."""
        return self.is_over or self.state == CheckState.NO_YEAR

    @property
    def is_done(self) -> bool:
        """Whether there are findings to look at, were there any."""
        return self.state == CheckState.DONE

    @property
    def in_words(self) -> str:
        """How it has gone, in a few words."""
        if not self.is_done:
            return self.get_state_display()
        return f"{_many(self.errors, 'error', 'errors')}, {_many(self.queries, 'query', 'queries')}"


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
