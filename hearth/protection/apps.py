"""Child protection."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Strategy discussions, section 47 enquiries, conferences and core groups."""

    name = "hearth.protection"
