"""Children in need."""

from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    """Children in need: plans, reviews and visits."""

    name = "hearth.family_help"

    def ready(self) -> None:
        """Tell the room of plans how a child in need plan is visited, and reviewed."""
        from hearth.family_help import reviewing  # noqa: F401, PLC0415 - models are ready
