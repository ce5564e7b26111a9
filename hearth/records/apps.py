"""Notes, visits, chronology, documents and drafts."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is written down about a child, and nothing of it lost."""

    name = "hearth.records"
