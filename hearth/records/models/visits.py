"""Visits: planned, made or attempted; and for each child, whether they were seen, and alone."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject, Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.records.models.written import Written, WrittenQuerySet, written_constraints


class VisitState(models.TextChoices):
    """What has become of a visit."""

    PLANNED = "planned", "Planned"
    MADE = "made", "Made"
    ATTEMPTED = "attempted", "Attempted"
    CANCELLED = "cancelled", "Cancelled"


# What visits say that were recorded before it was asked how the family was understood.
NOT_ASKED = "not_asked"
# What they say where what the family needed was not there.
NOT_PROVIDED = "not_provided"
DONE = (VisitState.MADE, VisitState.ATTEMPTED)


class VisitQuerySet(WrittenQuerySet["Visit"]):
    """Visits, narrowed in the ways the service asks for them."""

    def planned(self) -> Self:
        """Still to be made."""
        return self.standing().filter(state=VisitState.PLANNED)

    def done(self) -> Self:
        """Made or attempted."""
        return self.standing().filter(state__in=DONE)

    def of_worker(self, worker: User) -> Self:
        """To be made, or made, by this worker."""
        return self.filter(worker=worker)

    def of_child(self, child: Person) -> Self:
        """In which this child has a part."""
        return self.filter(pk__in=VisitChild.objects.filter(child=child).values("visit_id"))


@recorded
class Visit(Written):
    """A visit to one child or several. The account is shared; each child's part is their own."""

    WRITERS: ClassVar[tuple[str, ...]] = ("recorded_by", "worker")

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=VisitState.choices)
    planned_on = models.DateField(null=True, blank=True)
    planned_time = models.TimeField(null=True, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits"
    )
    announced = models.BooleanField(null=True, blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    present = models.CharField(max_length=500, default="", blank=True)
    # The four short prompts.
    account = models.TextField(default="", blank=True)
    home = models.TextField(default="", blank=True)
    worries = models.TextField(default="", blank=True)
    agreed = models.TextField(default="", blank=True)
    concern = models.BooleanField(null=True, blank=True)
    # Whether the worker asks for a strategy discussion because of it.
    strategy_asked = models.BooleanField(null=True, blank=True)
    # By the code set visit_understood: how what the family needs to be understood was provided.
    understood = models.CharField(max_length=20, default="", blank=True)
    understood_detail = models.CharField(max_length=500, default="", blank=True)
    cancelled_reason = models.CharField(max_length=500, default="", blank=True)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["worker", "planned_on"], name="visit_planned_of_worker"),
            models.Index(fields=["worker", "happened_at"], name="visit_made_by_worker"),
            GinIndex(
                SearchVector(
                    "account", "home", "worries", "agreed", "present", "place", config="english"
                ),
                name="visit_words",
            ),
        ]
        constraints = [
            *written_constraints("visit"),
            models.CheckConstraint(
                name="visit_done_says_when",
                condition=~Q(state__in=DONE) | Q(happened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_planned_says_when",
                condition=~Q(state=VisitState.PLANNED) | Q(planned_on__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_made_says_what_happened",
                condition=~Q(state=VisitState.MADE) | ~Q(account=""),
            ),
            models.CheckConstraint(
                name="visit_cancelled_with_a_reason",
                condition=~Q(state=VisitState.CANCELLED) | ~Q(cancelled_reason=""),
            ),
        ]

    class Privacy:
        plain = (
            *Written.Privacy.plain,
            "kind",
            "state",
            "planned_on",
            "planned_time",
            "happened_at",
            "announced",
            "concern",
            "strategy_asked",
        )
        sensitive = (
            *Written.Privacy.sensitive,
            "place",
            "present",
            "account",
            "home",
            "worries",
            "agreed",
            "understood",
            "understood_detail",
            "cancelled_reason",
        )

    def __str__(self) -> str:
        words = self.kind_in_words
        return f"{words} attempted" if self.state == VisitState.ATTEMPTED else words

    @property
    def is_done(self) -> bool:
        """Whether it was made or attempted."""
        return self.state in DONE

    @property
    def understood_in_words(self) -> str:
        """How what the family needs to be understood was provided, where it was said."""
        if not self.understood or self.understood == NOT_ASKED:
            return ""
        label = code_set("visit_understood").label(self.understood)
        return f"{label}: {self.understood_detail}" if self.understood_detail else label

    @property
    def kind_in_words(self) -> str:
        """What kind of visit it is, as the register of codes calls it."""
        return code_set("visit_kind").label(self.kind)


class VisitChildQuerySet(models.QuerySet["VisitChild"]):
    """Children's parts of visits, narrowed in the ways the service asks for them."""

    def standing(self) -> Self:
        """Of visits not withdrawn."""
        return self.filter(withdrawn=False)

    def seen(self, child: Person) -> Self:
        """When this child was seen, the latest first."""
        return (
            self.standing().filter(child=child, seen=True).order_by("-happened_on", "-pk")
        ).select_related("visited_by")

    def seen_alone(self, child: Person) -> Self:
        """When this child was seen alone, the latest first."""
        return self.seen(child).filter(seen_alone=True)

    def last_seen(self, child: Person) -> "VisitChild | None":
        """When this child was last seen, and by whom."""
        return self.seen(child).first()

    def last_and_next(self, child: Person, today: date) -> Self:
        """When this child was last seen, last seen alone, and is next to be: at most three parts.

        The visit planned is asked for beside its part, never joined to it: a visit the worker may
        not know of hides no sight of this child.
        """
        plan = Visit.objects.planned().filter(pk=OuterRef("visit_id"), planned_on__gte=today)
        who = JSONObject(
            **{name: f"worker__{name}" for name in ("first_name", "last_name", "username")}
        )
        is_planned = Q(planned_on__isnull=False)
        return (
            self.annotate(
                planned_on=Subquery(plan.values("planned_on")[:1]),
                planned_for=Subquery(plan.values(who=who)[:1]),
                what=Case(
                    When(is_planned, then=Value("planned")),
                    When(seen_alone=True, then=Value("alone")),
                    default=Value("seen"),
                ),
            )
            .filter(Q(withdrawn=False, seen=True) | is_planned, child=child)
            .select_related("visited_by")
            .order_by("what", "-happened_on", "planned_on", "-pk")
            .distinct("what")
        )

    def last_seen_days(self, children: Collection[int]) -> dict[int, date]:
        """The last day each of these children was seen, of those who were, in one query."""
        seen = self.standing().filter(child__in=children, seen=True, happened_on__isnull=False)
        return dict(seen.values_list("child").annotate(Max("happened_on")))

    def seen_dates(self, child: Person, since: date) -> list[date]:
        """The days on which this child was seen, from one day on, the earliest first."""
        days = self.seen(child).filter(happened_on__gte=since).values_list("happened_on", flat=True)
        return sorted({day for day in days if day is not None})


@recorded
class VisitChild(models.Model):
    """One child's part of a visit: whether they were seen, and alone, and what is theirs alone.

    `happened_on`, `visited_by` and `withdrawn` repeat the visit's, so that a child's own last sight
    can be told also by those who may not know of a sibling on the same visit.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visit_parts")
    happened_on = models.DateField(null=True, blank=True)
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn = models.BooleanField(default=False)
    seen = models.BooleanField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    where_seen = models.CharField(max_length=200, default="", blank=True)
    bedroom_seen = models.BooleanField(null=True, blank=True)
    # By the code set seen_alone_reason: why not seen, or not seen alone.
    reason = models.CharField(max_length=20, default="", blank=True)
    reason_detail = models.CharField(max_length=500, default="", blank=True)
    own_words = models.TextField(default="", blank=True)
    observation = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[VisitChildQuerySet] = VisitChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "visit children"
        indexes = [
            models.Index(fields=["child", "-happened_on"], name="visit_of_child"),
            GinIndex(
                SearchVector("own_words", "observation", config="english"), name="visit_part_words"
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="visit_about_a_child_once", fields=["visit", "child"]),
            models.CheckConstraint(
                name="visit_child_seen_alone_was_seen",
                condition=~Q(seen_alone=True) | Q(seen=True),
                violation_error_message="A child seen alone was seen",
            ),
            models.CheckConstraint(
                name="visit_child_seen_says_whether_alone",
                condition=~Q(seen=True) | Q(seen_alone__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_child_not_seen_alone_says_why",
                condition=Q(seen=None) | Q(seen_alone=True) | ~Q(reason=""),
                violation_error_message="Say why the child was not seen, or not alone",
            ),
            models.CheckConstraint(
                name="visit_child_seen_says_when",
                condition=Q(seen=None) | Q(happened_on__isnull=False, visited_by__isnull=False),
            ),
        ]

    class Privacy:
        plain = ("happened_on", "withdrawn", "seen", "seen_alone", "bedroom_seen", "recorded_at")
        sensitive = ("where_seen", "reason", "reason_detail", "own_words", "observation")

    def __str__(self) -> str:
        return f"{self.visit_id} about {self.child_id}"

    @property
    def sight_in_words(self) -> str:
        """Whether the child was seen, in words."""
        if self.seen is None:
            return "Not yet recorded"
        if not self.seen:
            return "Not seen"
        return "Seen alone" if self.seen_alone else "Seen, not alone"

    @property
    def reason_in_words(self) -> str:
        """Why the child was not seen, or not seen alone."""
        if not self.reason:
            return ""
        label = code_set("seen_alone_reason").label(self.reason)
        return f"{label}: {self.reason_detail}" if self.reason_detail else label
