"""Notes, visits, chronology, documents and drafts."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is written down about a child, and nothing of it lost."""

    name = "hearth.records"

    def ready(self) -> None:
        """Keep the drafts of the rooms below as well."""
        from hearth.design.drafts import KEEPERS  # noqa: PLC0415 - once the models can be read
        from hearth.records import drafts  # noqa: PLC0415

        KEEPERS[:] = [drafts]
