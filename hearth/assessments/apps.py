"""Initial, core and single assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessment of children and their families."""

    name = "hearth.assessments"

    def ready(self) -> None:
        """Tell the room of cases what a case that closes after its assessment is closed after."""
        from hearth.assessments.factors import only_found_nothing  # noqa: PLC0415
        from hearth.assessments.models import AssessmentChild  # noqa: PLC0415 - models are ready
        from hearth.casework.closing_days import DATED, Dated  # noqa: PLC0415
        from hearth.casework.closure_reasons import (  # noqa: PLC0415
            ASSESSMENTS,
            FOUND_NOTHING,
            Trace,
        )

        made = AssessmentChild.objects.filter(assessment__cancelled_on=None)
        ASSESSMENTS.append(Trace(key="assessment", words="an assessment", rows=made.all))
        FOUND_NOTHING.append(only_found_nothing)
        begun, done = "an assessment began", "an assessment was authorised"
        DATED.append(Dated(words=begun, rows=made.all, day="assessment__started_on"))
        DATED.append(Dated(words=done, rows=made.all, day="assessment__authorised_on"))
