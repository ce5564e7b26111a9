"""What assessments found, as the census counts it."""

from collections.abc import Sequence

from django.db.models import Count, Q

from hearth.assessments.models import NO_FACTORS, AssessmentChild


def only_found_nothing(episodes: Sequence[int]) -> set[int]:
    """Of some episodes by id, those whose only assessment found no factors (rule 8873Q)."""
    none = Q(factors__code=NO_FACTORS, factors__removed_at=None)
    found = (
        AssessmentChild.objects.filter(episode__in=episodes, assessment__cancelled_on=None)
        .order_by()
        .values("episode")
        .annotate(many=Count("pk", distinct=True), none=Count("factors", filter=none))
        .filter(many=1, none__gt=0)
    )
    return set(found.values_list("episode", flat=True))
