"""Initial, core and single assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessment of children and their families."""

    name = "hearth.assessments"
