"""Written agreements, safety plans and risk assessments, signed by a manager."""

from functools import cached_property
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.plans.models import Plan, PlanChild
from hearth.protection.models.enquiries import Enquiry


class AgreementKind(models.TextChoices):
    """What kind of paper keeps a child safe."""

    RISK_ASSESSMENT = "risk_assessment", "Risk assessment for a child to be at home"
    SAFETY_PLAN = "safety_plan", "Safety plan"
    WRITTEN_AGREEMENT = "written_agreement", "Written agreement"


class AgreementQuerySet(models.QuerySet["SafetyAgreement"]):
    """Agreements, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """The database leaves out those about anyone the worker may not know of."""
        return self.select_related("recorded_by", "signed_by", "enquiry__task", "plan")

    def standing(self) -> Self:
        """Neither ended nor replaced by a later version."""
        return self.filter(ended_on=None)


@recorded
class SafetyAgreement(models.Model):
    """A risk assessment, safety plan or written agreement, in the version that stands or stood.

    Never in force until a manager who did not write it has signed it (Lambeth 2017: agreements
    were neither overseen nor signed off). A new version ends the one before.
    """

    about = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=20, choices=AgreementKind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    risk = models.TextField(default="", blank=True)
    conditions = models.TextField()
    contingency = models.TextField(default="", blank=True)
    review_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A manager has seen that it and the plan's contingency say the same.
    compatible_at = models.DateTimeField(null=True, blank=True)
    compatible_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreement_is_about_somebody", condition=Q(about__len__gt=0)
            ),
            models.CheckConstraint(name="agreement_has_conditions", condition=~Q(conditions="")),
            models.CheckConstraint(
                name="agreement_signed_at_and_by_together",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_compatible_at_and_by_together",
                condition=Q(compatible_at=None, compatible_by=None)
                | Q(compatible_at__isnull=False, compatible_by__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_signed_by_another",
                condition=Q(signed_by=None) | ~Q(signed_by=F("recorded_by")),
                violation_error_message="A manager who did not write it must sign it",
            ),
            models.CheckConstraint(
                name="agreement_ended_on_with_a_reason",
                condition=Q(ended_on=None, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    class Privacy:
        plain = (
            "about",
            "kind",
            "number",
            "review_on",
            "signed_at",
            "compatible_at",
            "ended_on",
            "recorded_at",
        )
        sensitive = ("risk", "conditions", "contingency", "ended_reason")

    def __str__(self) -> str:
        return AgreementKind(self.kind).label

    @cached_property
    def plan_beside(self) -> Plan | None:
        """The plan that now stands for its children: its own, or the one made since."""
        parts = PlanChild.objects.current().filter(child__in=self.about).select_related("plan")
        found = parts.prefetch_related("plan__contingencies").order_by("-started_on", "pk")
        plans = [part.plan for part in found]
        return next(iter([*(one for one in plans if one.pk == self.plan_id), *plans]), None)


@recorded
class AgreementSignature(models.Model):
    """A parent, carer or young person's signature to an agreement, or that they would not sign."""

    agreement = models.ForeignKey(
        SafetyAgreement, on_delete=models.PROTECT, related_name="signatures"
    )
    about = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    signed_on = models.DateField(null=True, blank=True)
    refused_why = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager["AgreementSignature"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="signature_given_or_refused",
                condition=Q(signed_on__isnull=False, refused_why="")
                | (Q(signed_on=None) & ~Q(refused_why="")),
            )
        ]

    class Privacy:
        plain = ("about", "signed_on", "recorded_at")
        personal = ("name",)
        sensitive = ("refused_why",)

    def __str__(self) -> str:
        return self.name
