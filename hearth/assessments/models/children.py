"""A child's own part of an assessment, and the coded rows below it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.assessments.models.assessment import Assessment
from hearth.casework.models import Episode
from hearth.people.models import Person

NO_FACTORS = "21"


class Outcome(models.TextChoices):
    """What an assessment decides for a child."""

    NO_FURTHER_ACTION = "no_further_action", "No further action"
    EARLY_HELP = "early_help", "Early help"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    CORE_ASSESSMENT = "core_assessment", "Core assessment"
    CONTINUE = "continue", "Carry on with the plan already in place"
    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion (section 47)"
    LEGAL_PLANNING = "legal_planning", "Legal planning meeting"


# These end the child's episode, with a reason the census takes.
CLOSES = (Outcome.NO_FURTHER_ACTION, Outcome.EARLY_HELP)


@recorded
class AssessmentChild(models.Model):
    """One child's part: seen, heard, what they need, what the risks are, and what is decided.

    The columns are the questions. Needs follow the Assessment Framework's child's developmental
    needs; identity is considered line by line, the characteristics themselves being on the person.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessment_parts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="assessment_parts"
    )
    # Where no visit is on the record: when the child was seen, as told in the assessment.
    seen_on = models.DateField(null=True, blank=True)
    seen_where = models.CharField(max_length=250, default="", blank=True)
    seen_by = models.CharField(max_length=250, default="", blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    seen_alone_reason = models.CharField(max_length=20, default="", blank=True)
    # Why the worker could not see the child, and the reason a manager accepts it.
    not_seen_why = models.TextField(default="", blank=True)
    not_seen_reason = models.CharField(max_length=20, default="", blank=True)
    not_seen_agreed_at = models.DateTimeField(null=True, blank=True)
    not_seen_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the child says.
    child_words = models.TextField(default="", blank=True)
    words_obtained = models.CharField(max_length=30, default="", blank=True)
    words_changed = models.TextField(default="", blank=True)
    how_safe = models.PositiveSmallIntegerField(null=True, blank=True)
    how_safe_on = models.DateField(null=True, blank=True)
    day_in_life = models.TextField(default="", blank=True)
    # What the child needs.
    health = models.TextField(default="", blank=True)
    education = models.TextField(default="", blank=True)
    emotional = models.TextField(default="", blank=True)
    identity = models.TextField(default="", blank=True)
    relationships = models.TextField(default="", blank=True)
    presentation = models.TextField(default="", blank=True)
    self_care = models.TextField(default="", blank=True)
    # What each part of the child's identity means for them.
    culture = models.TextField(default="", blank=True)
    ethnicity = models.TextField(default="", blank=True)
    religion = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    disability = models.TextField(default="", blank=True)
    # Risk, and what it comes to.
    risk_rating = models.CharField(max_length=12, default="", blank=True)
    risk_rationale = models.TextField(default="", blank=True)
    analysis = models.TextField(default="", blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default="", blank=True)
    # The census's reason, where the outcome closes the episode.
    closure_reason = models.CharField(max_length=3, default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["AssessmentChild"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="assessment_has_one_part_for_a_child", fields=["assessment", "child"]
            ),
            models.CheckConstraint(
                name="assessment_child_how_safe_is_one_to_ten",
                condition=Q(how_safe=None) | Q(how_safe__gte=1, how_safe__lte=10),
                violation_error_message="The answer is a number from 1 to 10",
            ),
            models.CheckConstraint(
                name="assessment_child_not_seen_agreed_at_and_by_together",
                condition=Q(not_seen_agreed_at=None, not_seen_agreed_by=None, not_seen_reason="")
                | (
                    Q(not_seen_agreed_at__isnull=False, not_seen_agreed_by__isnull=False)
                    & ~Q(not_seen_reason="")
                ),
            ),
        ]

    class Privacy:
        plain = ("recorded_at", "not_seen_agreed_at")
        personal = ("seen_on", "seen_where", "seen_by", "seen_alone", "how_safe_on")
        sensitive = (
            "seen_alone_reason",
            "not_seen_why",
            "not_seen_reason",
            "child_words",
            "words_obtained",
            "words_changed",
            "how_safe",
            "day_in_life",
            "health",
            "education",
            "emotional",
            "identity",
            "relationships",
            "presentation",
            "self_care",
            "culture",
            "ethnicity",
            "religion",
            "language",
            "disability",
            "risk_rating",
            "risk_rationale",
            "analysis",
            "outcome",
            "closure_reason",
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} for {self.child_id}"


class PartRowQuerySet(models.QuerySet[models.Model]):
    """Rows of a child's part, narrowed."""

    def standing(self) -> Self:
        """Not taken out again while the assessment was being written."""
        return self.filter(removed_at=None)


class PartRow(models.Model):
    """A coded row of a child's part. One taken out is kept, marked as removed."""

    code = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PartRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    class Privacy:
        plain: tuple[str, ...] = ("recorded_at", "removed_at")
        sensitive: tuple[str, ...] = ("code",)

    def __str__(self) -> str:
        return self.code


@recorded
class RiskFactor(PartRow):
    """Something that puts a child at risk, by the census's factors, and how it does."""

    part = models.ForeignKey(AssessmentChild, on_delete=models.PROTECT, related_name="risks")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta(PartRow.Meta):
        pass

    class Privacy(PartRow.Privacy):
        sensitive = (*PartRow.Privacy.sensitive, "text")


@recorded
class ProtectiveFactor(PartRow):
    """Something that protects a child, by our own list, and how it does."""

    part = models.ForeignKey(AssessmentChild, on_delete=models.PROTECT, related_name="protections")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta(PartRow.Meta):
        pass

    class Privacy(PartRow.Privacy):
        sensitive = (*PartRow.Privacy.sensitive, "text")


def one_or_none_found() -> ExclusionConstraint:
    """Refuse a factor twice, and any beside "no factors found" (CIN census, rule 8869).

    "No factors found" covers the whole line of numbers, and every other code a point on it.
    """
    point = Func(F("code"), function="hashtext", output_field=models.IntegerField())
    covers = Case(
        When(code=NO_FACTORS, then=_numbers(Value(None), Value(None))),
        default=_numbers(point, point),
    )
    return ExclusionConstraint(
        name="assessment_factor_once_and_none_alone",
        expressions=[
            (_numbers(F("part_id"), F("part_id")), RangeOperators.OVERLAPS),
            (covers, RangeOperators.OVERLAPS),
        ],
        condition=Q(removed_at=None),
        violation_error_message="No factors found cannot stand beside another factor",
    )


def _numbers(start: Any, end: Any) -> Func:
    return Func(start, end, Value("[]"), function="int8range", output_field=models.TextField())


@recorded
class AssessmentFactor(PartRow):
    """A factor found at the end of the assessment, as the CIN census asks."""

    part = models.ForeignKey(AssessmentChild, on_delete=models.PROTECT, related_name="factors")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(PartRow.Meta):
        constraints = [one_or_none_found()]

    class Privacy(PartRow.Privacy):
        pass
