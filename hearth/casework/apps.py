"""Read every room's timescales and processes at start-up."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import autodiscover_modules


class CaseworkConfig(AppConfig):
    """Episodes, allocations, steps, tasks, timescales and sign-off."""

    name = "hearth.casework"

    def ready(self) -> None:
        """Import each installed app's declarations, and refuse to start if they do not join up."""
        from hearth.casework import steps, structure  # noqa: F401, PLC0415 - models are ready

        structure.tell()

        autodiscover_modules("timescales", "process", "checks")
        register(processes_join_up)


def processes_join_up(**_kwargs: object) -> list[CheckMessage]:
    """Every step and timescale that a step names must be declared."""
    from hearth.casework.process import loose_ends  # noqa: PLC0415 - rooms are read by then

    return [Error(end, id="casework.E001") for end in loose_ends()]
