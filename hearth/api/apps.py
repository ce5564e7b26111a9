"""What other services ask by machine."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Signed questions from other services."""

    name = "hearth.api"
