"""Staff, teams and registration."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Who works here, in which team, and whether they are registered."""

    name = "hearth.workforce"

    def ready(self) -> None:
        """Tell the rooms below who is in which team, and who manages it."""
        from hearth.workforce import structure  # noqa: PLC0415 - models are ready by now

        structure.tell()
