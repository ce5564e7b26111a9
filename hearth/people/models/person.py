"""A person, and what they are called, when they were born, and how they are described."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hearth.accounts.history import recorded
from hearth.accounts.models import User
from hearth.lib.codes import words
from hearth.lib.dates import age_in_words, age_on, in_words
from hearth.people.models.facts import (
    DatedFact,
    fact_constraints,
    once_while_it_lasts,
    one_at_a_time,
)


class BirthKind(models.TextChoices):
    """How well a date of birth is known."""

    KNOWN = "known", "Known"
    ESTIMATED = "estimated", "Estimated"
    EXPECTED = "expected", "Expected (not yet born)"
    UNKNOWN = "unknown", "Not known"


class PersonQuerySet(models.QuerySet["Person"]):
    """People, narrowed in the ways the service asks for them."""

    def visible_to(self, _worker: User) -> Self:
        """Those the worker may know of. The database itself leaves the restricted ones out."""
        return self.all()

    def children(self) -> Self:
        """Those with a child's record."""
        return self.exclude(la_child_id=None)

    def standing(self) -> Self:
        """Not merged into another record."""
        return self.filter(merged_into=None)


@recorded
class Person(models.Model):
    """Somebody the service knows: a child, a parent, a carer, anyone in a family.

    The columns below `uuid` say what is so today, for lists and searches; the dated rows they are
    drawn from are the record, and `actions.refresh` is the one place that draws them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Ten letters and digits at most, the same in every return. Only a child has one.
    la_child_id = models.CharField(max_length=10, null=True, blank=True, unique=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    given_names = models.CharField(max_length=200, default="")
    family_name = models.CharField(max_length=200, default="")
    known_as = models.CharField(max_length=200, default="", blank=True)
    pronouns = models.CharField(max_length=50, default="", blank=True)
    birth_kind = models.CharField(
        max_length=10, choices=BirthKind.choices, default=BirthKind.UNKNOWN
    )
    # The date of birth; for the unborn, the date the birth is expected.
    born_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    # When a pregnancy ended without a birth. The expected date stays.
    pregnancy_ended_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, default="U")
    ethnicity = models.CharField(max_length=4, default="", blank=True)
    # Made by hearth.lib.names; searched only through the function people_candidates.
    search_keys = ArrayField(models.CharField(max_length=60), default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "people"
        indexes = [GinIndex(fields=["search_keys"], name="person_search_keys")]
        constraints = [
            models.CheckConstraint(
                name="person_birth_date_is_there_when_it_is_known",
                condition=Q(birth_kind=BirthKind.UNKNOWN, born_on=None)
                | (~Q(birth_kind=BirthKind.UNKNOWN) & Q(born_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="person_unborn_has_no_sex",
                condition=~Q(birth_kind=BirthKind.EXPECTED) | Q(sex="U"),
                violation_error_message="The sex of an unborn child is recorded as not known",
            ),
        ]

    class Privacy:
        plain = ("uuid", "recorded_at", "birth_kind")
        personal = ("la_child_id", "given_names", "family_name", "known_as", "born_on", "died_on")
        sensitive = ("pronouns", "sex", "ethnicity", "search_keys", "pregnancy_ended_on")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name this person goes by, then their family name."""
        first = self.known_as or self.given_names or ("Unborn" if self.is_unborn else "")
        return f"{first} {self.family_name}".strip() or self._nameless

    @property
    def first_name(self) -> str:
        """What this person is called in a sentence, and to their face."""
        return self.known_as or self.given_names.partition(" ")[0] or self.name

    @property
    def is_named(self) -> bool:
        """Whether any name is on record: a census brings none."""
        return bool(self.known_as or self.given_names or self.family_name)

    @property
    def full_name(self) -> str:
        """All given names and the family name."""
        return f"{self.given_names} {self.family_name}".strip() or self._nameless

    @property
    def _nameless(self) -> str:
        """A child brought in from a return has a number and no name."""
        return f"Child {self.la_child_id}" if self.la_child_id else "Name not known"

    @property
    def is_child_record(self) -> bool:
        """Whether this person has a child's record."""
        return self.la_child_id is not None

    @property
    def is_unborn(self) -> bool:
        """Whether the birth is still expected."""
        return self.birth_kind == BirthKind.EXPECTED

    @property
    def is_merged(self) -> bool:
        """Whether this record was found to be of somebody with another record, and gave way."""
        return self.merged_into_id is not None

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day; None when unborn on it, or when the birth is not known."""
        if self.born_on is None or self.is_unborn or self.born_on > day:
            return None
        return age_on(self.born_on, min(day, self.died_on or day))

    def age_in_words(self, day: date) -> str:
        """Age as a worker says it on a day: unborn, 3 weeks, 9 years; nothing when not known."""
        if self.is_unborn:
            return "unborn" if self.pregnancy_ended_on is None else "pregnancy ended"
        if self.born_on is None:
            return ""
        about = "about " if self.birth_kind == BirthKind.ESTIMATED else ""
        return about + age_in_words(self.born_on, min(day, self.died_on or day))


class NameKind(models.TextChoices):
    """What a name is to the person."""

    LEGAL = "legal", "Legal name"
    KNOWN_AS = "known_as", "Known as"
    ALIAS = "alias", "Also known as"
    SPELLING = "spelling", "Other spelling"
    FORMER = "former", "Former name"


ONE_NAME_AT_A_TIME = (NameKind.LEGAL, NameKind.KNOWN_AS)


@recorded
class Name(DatedFact):
    """One name somebody has or had."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=NameKind.choices, default=NameKind.LEGAL)
    given_names = models.CharField(max_length=200, default="", blank=True)
    family_name = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            *fact_constraints("name"),
            *(
                one_at_a_time(
                    f"name_one_{kind.value}",
                    f"{kind.label}: another is recorded for those days",
                    only=Q(kind=kind.value),
                )
                for kind in ONE_NAME_AT_A_TIME
            ),
            models.CheckConstraint(
                name="name_says_something", condition=~Q(given_names="", family_name="")
            ),
        ]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        personal = ("given_names", "family_name")

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    def slot(self) -> dict[str, Any]:
        """One legal name and one known-as name at a time; any number of others."""
        if self.kind in ONE_NAME_AT_A_TIME:
            return {"kind": self.kind}
        return {n: getattr(self, n) for n in ("kind", "given_names", "family_name")}


@recorded
class Birth(DatedFact):
    """When somebody was born, or is expected to be, and how well that is known.

    An expected birth holds up to the day of the birth, and both rows are kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="births")
    kind = models.CharField(max_length=10, choices=BirthKind.choices)
    date = models.DateField()

    class Meta:
        constraints = [
            *fact_constraints("birth"),
            one_at_a_time("birth_one_at_a_time", "They have a date of birth recorded already"),
        ]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        personal = ("date",)

    def __str__(self) -> str:
        lead = "Born" if self.kind == BirthKind.KNOWN else self.get_kind_display()
        return f"{lead} {in_words(self.date)}"


class CharacteristicKind(models.TextChoices):
    """Which characteristic a row states. The value is the code set of the same name."""

    SEX = "sex", "Sex"
    GENDER = "gender_identity", "Gender identity"
    ETHNICITY = "ethnicity", "Ethnicity"
    RELIGION = "religion", "Religion"
    IMMIGRATION = "immigration_status", "Immigration status"
    UPN_UNKNOWN = "upn_unknown_reason", "Why there is no unique pupil number"
    PRONOUNS = "pronouns", "Pronouns"
    PREGNANCY_ENDED = "pregnancy_ended", "End of a pregnancy without a birth"
    DEATH = "death", "Death"


@recorded
class Characteristic(DatedFact):
    """One coded characteristic of somebody, at a time. One of a kind holds on any day.

    Pronouns are in `detail`. A death, or the end of a pregnancy, is a row whose `started_on` is the
    day, with no code.
    """

    SLOT = ("kind",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="characteristics")
    kind = models.CharField(max_length=20, choices=CharacteristicKind.choices)
    code = models.CharField(max_length=40, default="", blank=True)
    # In the person's or their family's own words, where the code does not say it.
    detail = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = [
            *fact_constraints("characteristic"),
            *(
                one_at_a_time(
                    f"characteristic_one_{kind.value}",
                    f"{kind.label}: another is recorded for those days",
                    only=Q(kind=kind.value),
                )
                for kind in CharacteristicKind
            ),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="characteristic_of_person")]

    class Privacy(DatedFact.Privacy):
        plain = (*DatedFact.Privacy.plain, "kind")
        sensitive = ("code", "detail")

    def __str__(self) -> str:
        said = (
            self.detail if self.kind == CharacteristicKind.PRONOUNS else words(self.kind, self.code)
        )
        return f"{self.get_kind_display()}: {said}" if said else self.get_kind_display()


@recorded
class Disability(DatedFact):
    """A disability, by the CIN census's codes, and what it means for this person.

    The code NONE says that there is none, and holds with no other.
    """

    SLOT = ("code",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disabilities")
    code = models.CharField(max_length=4)
    detail = models.TextField(default="", blank=True)

    class Meta:
        verbose_name_plural = "disabilities"
        constraints = [
            *fact_constraints("disability"),
            once_while_it_lasts("disability_once", ("person", "code")),
        ]

    class Privacy(DatedFact.Privacy):
        sensitive = ("code", "detail")

    def __str__(self) -> str:
        return words("disability", self.code)


@recorded
class Language(DatedFact):
    """A language somebody uses, and whether they need an interpreter for it."""

    SLOT = ("code",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="languages")
    code = models.CharField(max_length=10)
    is_first = models.BooleanField(default=False)
    interpreter_needed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *fact_constraints("language"),
            once_while_it_lasts("language_once", ("person", "code")),
            models.UniqueConstraint(
                name="language_one_first",
                fields=["person"],
                condition=Q(withdrawn_at=None, ended_on=None, is_first=True),
                violation_error_message="They have a first language recorded already",
            ),
        ]

    class Privacy(DatedFact.Privacy):
        personal = ("code", "is_first", "interpreter_needed")

    def __str__(self) -> str:
        return words("language", self.code)
