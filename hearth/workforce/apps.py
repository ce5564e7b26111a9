"""Staff, teams and registration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkforceConfig(AppConfig):
    """Who works here, in which team, and whether they are registered."""

    name = "hearth.workforce"

    def ready(self) -> None:
        """Tell the rooms below who is in which team, and read what each room counts as work."""
        from hearth.workforce import structure  # noqa: PLC0415 - models are ready by now

        structure.tell()
        autodiscover_modules("leaving")
