"""Going home while enquiries are made: asked for by a worker, agreed by a manager, and done."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.protection.models.agreements import SafetyAgreement
from hearth.protection.models.enquiries import Enquiry


class HomeDecision(models.TextChoices):
    """What a manager said to a child going home."""

    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class HomeState(models.TextChoices):
    """Where a request stands. Nothing more follows from the last four."""

    WAITING = "waiting", "Waits for a manager"
    AGREED = "agreed", "Agreed, not home yet"
    HOME = "home", "At home, as agreed"
    REFUSED = "refused", "Refused"
    BACK = "back", "Taken back"
    AWAY = "away", "Away from home again"


class HomeRequestQuerySet(models.QuerySet["HomeRequest"]):
    """Requests, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those of anyone the worker may not know of."""
        return self.select_related(
            "child",
            "enquiry__task__worker",
            "enquiry__co_worker",
            "asked_of",
            "recorded_by",
            "task",
        ).select_related("decided_by", "withdrawn_by", "risk_assessment__signed_by")

    def open(self) -> Self:
        """From which something more follows."""
        return self.filter(settled_at=None)

    def without_agreement(self) -> Self:
        """Of children who are at home though no manager agreed to it."""
        return self.open().exclude(at_home_since=None)


@recorded
class HomeRequest(models.Model):
    """A worker asks a manager to agree that a child goes home, or stays there, in an enquiry.

    `at_home_since` says that the child is there already, with no manager's agreement: known at once
    to whoever reads the record (Lambeth 2017, findings, paragraph 4). `settled_at` is when nothing
    more follows: the child went home as agreed, or will not, or is away from home again.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="home_requests")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # A child who is there already may be so without one: it is written, and signed, before a
    # manager agrees.
    risk_assessment = models.ForeignKey(
        SafetyAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at_home_since = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()
    # The manager who was asked. Another may answer.
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=HomeDecision.choices, default="", blank=True)
    words = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(default="", blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[HomeRequestQuerySet] = HomeRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = "request to go home"
        verbose_name_plural = "requests to go home"
        indexes = [
            models.Index(fields=["enquiry"], name="home_request_open", condition=Q(settled_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                name="home_request_one_of_a_child",
                fields=["enquiry", "child"],
                condition=Q(settled_at=None, decision__in=["", "agreed"]),
            ),
            models.CheckConstraint(
                name="home_request_says_why_and_on_what",
                condition=~Q(reason="")
                & (Q(risk_assessment__isnull=False) | Q(at_home_since__isnull=False)),
            ),
            models.CheckConstraint(
                name="home_request_asked_and_answered_by_two",
                condition=~Q(asked_of=F("recorded_by"))
                & (Q(decided_by=None) | ~Q(decided_by=F("recorded_by"))),
                violation_error_message="Someone else must agree that the child goes home",
            ),
            models.CheckConstraint(
                name="home_request_decided_at_by_and_why_together",
                condition=Q(decision="", decided_at=None, decided_by=None, words="")
                | (
                    Q(decision__in=["agreed", "refused"])
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(
                name="home_request_agreed_on_a_paper",
                condition=~Q(decision="agreed") | Q(risk_assessment__isnull=False),
            ),
            models.CheckConstraint(
                name="home_request_taken_back_by_and_why_together",
                condition=Q(withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_by__isnull=False, settled_at__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ]

    class Privacy:
        plain = ("at_home_since", "decision", "decided_at", "settled_at", "recorded_at")
        sensitive = ("reason", "words", "withdrawn_reason")

    def __str__(self) -> str:
        return "Request to go home"

    @property
    def state(self) -> HomeState:
        """Where it stands."""
        if self.withdrawn_by_id is not None:
            return HomeState.BACK
        if self.decision == HomeDecision.REFUSED:
            return HomeState.REFUSED
        if self.settled_at is None:
            return HomeState.AGREED if self.decision else HomeState.WAITING
        return HomeState.HOME if self.decision else HomeState.AWAY

    @property
    def is_without_agreement(self) -> bool:
        """Whether the child is at home now and no manager has agreed to it."""
        return self.at_home_since is not None and self.settled_at is None


# Whatever wrote the row: no child goes home on a paper that no manager had signed, that is not a
# risk assessment, that had ended, or that is about somebody else; nor unless a manager who was
# asked agreed, on a sign-in of their own.
HAS_ITS_PAPERS = """
    IF NOT EXISTS (
        SELECT FROM protection_safetyagreement a
        WHERE a.id = NEW.risk_assessment_id AND a.kind = 'risk_assessment'
          AND a.signed_at <= NEW.happened_at AND NEW.child_id = ANY (a.about)
          AND (a.ended_on IS NULL
               OR a.ended_on > (NEW.happened_at AT TIME ZONE 'Europe/London')::date)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'A child goes home only on a risk assessment that a manager has signed';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM protection_homerequest r
        WHERE r.id = NEW.request_id AND r.decision = 'agreed' AND r.withdrawn_by_id IS NULL
          AND r.enquiry_id = NEW.enquiry_id AND r.child_id = NEW.child_id
          AND r.decided_by_id = NEW.agreed_by_id AND r.decided_at = NEW.agreed_at
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'A child goes home only when a manager who was asked has agreed';
    END IF;
    RETURN NEW;
"""


@recorded
class ReturnHome(models.Model):
    """A child went home, or stayed there, while enquiries are made: never without the papers.

    `risk_assessment` is one that a manager had signed when the child went home; the manager who
    agreed did so on the request, and is not who wrote it (Lambeth 2017, findings, paragraph 4).
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="returns_home")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # None where it was recorded before managers agreed for themselves.
    request = models.OneToOneField(
        HomeRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="returned"
    )
    happened_at = models.DateTimeField()
    risk_assessment = models.ForeignKey(
        SafetyAgreement, on_delete=models.PROTECT, related_name="returns_home"
    )
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreement = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["ReturnHome"]] = models.Manager()

    class Meta:
        ordering = ["happened_at", "pk"]
        verbose_name_plural = "returns home"
        triggers = [
            pgtrigger.Trigger(
                name="return_home_has_its_papers",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=HAS_ITS_PAPERS,
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="return_home_agreed_before_and_why",
                condition=Q(agreed_at__lte=F("happened_at")) & ~Q(agreement=""),
                violation_error_message="A manager agrees before the child goes home",
            ),
            models.CheckConstraint(
                name="return_home_agreed_by_another",
                condition=Q(request__isnull=False) | ~Q(agreed_by=F("recorded_by")),
                violation_error_message="Someone else must agree that the child goes home",
            ),
        ]

    class Privacy:
        plain = ("happened_at", "agreed_at", "recorded_at")
        sensitive = ("agreement",)

    def __str__(self) -> str:
        return f"{self.child_id} at home from {self.happened_at:%-d %B %Y}"
