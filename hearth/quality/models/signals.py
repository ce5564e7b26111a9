"""What the figures of a service say: when they signal, what was asked, and what was found.

None of it is about one child: the words are of numbers and practice, and their forms say so.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.workforce.models import Team


@recorded
class ChartStart(models.Model):
    """The month from which a series is held against limits of its own first twelve points.

    The first is Hearth's own, the day it first looks. Each later one is an analyst's, with the
    reason: a fall must never become the new normal by itself.
    """

    series = models.CharField(max_length=30)
    month = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ChartStart"]] = models.Manager()

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(name="chart_start_once_a_month", fields=["series", "month"]),
            models.CheckConstraint(name="chart_start_with_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="chart_start_is_a_month", condition=Q(month__day=1)),
        ]

    class Privacy:
        plain = ("series", "month", "reason", "recorded_at")

    def __str__(self) -> str:
        return f"{self.series} from {self.month:%B %Y}"


class ChartNoteQuerySet(models.QuerySet["ChartNote"]):
    """Notes on charts, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A note is about a month, and nobody's record."""
        return self.select_related("recorded_by")

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


@recorded
class ChartNote(models.Model):
    """What changed in a month, so that a chart is read rightly: a new way of recording, say."""

    # Which series; empty where it is of them all.
    series = models.CharField(max_length=30, default="", blank=True)
    month = models.DateField()
    words = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[ChartNoteQuerySet] = ChartNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(name="chart_note_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="chart_note_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="chart_note_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("series", "month", "words", "recorded_at", "withdrawn_at")

    def __str__(self) -> str:
        return self.words


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """A signal holds no child's figures: only which rule, and in which month."""
        return self.select_related(
            "team",
            "investigation__owner",
            "investigation__opened_by",
            "investigation__concluded_by",
        )

    def standing(self) -> Self:
        """Neither answered nor taken back by the figures."""
        return self.filter(closed_at=None)

    def waiting(self) -> Self:
        """Standing, and nobody has begun to ask why."""
        return self.standing().filter(investigation=None)


@recorded
class Signal(models.Model):
    """A change in a series that its usual ups and downs do not explain, from the month it shows.

    It keeps no numbers: they are reckoned afresh for whoever reads them, without children kept from
    them. One stands for a series at a time, until somebody has found why.
    """

    check_key = models.CharField(max_length=10)
    series = models.CharField(max_length=30)
    # Whose figures; the whole service's where there is none.
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The rules that hold, the one to say first first.
    rules = ArrayField(models.CharField(max_length=20))
    high = models.BooleanField()
    first_month = models.DateField()
    month = models.DateField()
    # With whom the figures were compared, where that was the rule.
    comparator = models.CharField(max_length=40, default="", blank=True)
    # It has signalled in two quarters of the year, one after the other.
    twice = models.BooleanField(default=False)
    # The day by which somebody is to ask why.
    due_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(default="", blank=True)

    objects: ClassVar[SignalQuerySet] = SignalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="signal_one_stands_for_a_series",
                fields=["series", "team"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="signal_has_a_rule", condition=Q(rules__len__gt=0)),
            models.CheckConstraint(
                name="signal_closed_at_and_because_together",
                condition=Q(closed_at=None, closed_because="")
                | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
            ),
        ]

    class Privacy:
        plain = (
            "check_key",
            "series",
            "rules",
            "high",
            "first_month",
            "month",
            "comparator",
            "twice",
            "due_on",
            "recorded_at",
            "closed_at",
            "closed_because",
        )

    def __str__(self) -> str:
        return f"{self.series} in {self.month:%B %Y}"


@recorded
class SignalTold(models.Model):
    """Who was told of a signal, and when."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="told")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["SignalTold"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "signals told"
        constraints = [models.UniqueConstraint(name="signal_told_once", fields=["signal", "to"])]

    class Privacy:
        plain = ("recorded_at",)

    def __str__(self) -> str:
        return f"{self.signal_id} to {self.to_id}"


class InvestigationDecision(models.TextChoices):
    """What comes of asking why."""

    ACCEPTED = "accepted", "The change is understood, and nothing need be done"
    PRACTICE = "practice", "Practice must change"
    RECORDING = "recording", "It came of how things were recorded"


@recorded
class Investigation(models.Model):
    """What was asked of a signal, of which cases, what was found, and what was decided."""

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="investigation")
    question = models.TextField()
    # Which cases are looked at, how they are chosen, and which agencies take part.
    method = models.TextField()
    partners = models.TextField(default="", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # How many cases were looked at.
    sampled = models.PositiveIntegerField(null=True, blank=True)
    findings = models.TextField(default="", blank=True)
    decision = models.CharField(
        max_length=10, choices=InvestigationDecision.choices, default="", blank=True
    )
    decision_words = models.TextField(default="", blank=True)
    review_on = models.DateField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["Investigation"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="investigation_asks_something", condition=~Q(question="") & ~Q(method="")
            ),
            models.CheckConstraint(
                name="investigation_concluded_at_and_by_together",
                condition=Q(concluded_at=None, concluded_by=None, decision="")
                | (
                    Q(concluded_at__isnull=False, concluded_by__isnull=False)
                    & Q(sampled__isnull=False, review_on__isnull=False)
                    & ~Q(decision="")
                    & ~Q(findings="")
                    & ~Q(decision_words="")
                ),
            ),
        ]

    class Privacy:
        plain = ("opened_at", "sampled", "decision", "review_on", "concluded_at", "recorded_at")
        sensitive = ("question", "method", "partners", "findings", "decision_words")

    def __str__(self) -> str:
        return self.question[:60]
