"""Initial, core and single assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessment of children and their families."""

    name = "hearth.assessments"

    def ready(self) -> None:
        """Tell the room of cases what a case that closes after its assessment is closed after."""
        from hearth.assessments.models import AssessmentChild  # noqa: PLC0415 - models are ready
        from hearth.casework.closure_reasons import ASSESSMENTS, Trace  # noqa: PLC0415

        made = AssessmentChild.objects.filter(assessment__cancelled_on=None)
        ASSESSMENTS[:] = [Trace(key="assessment", words="an assessment", rows=made.all)]
