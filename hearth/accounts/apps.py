"""Read every room's policies at start-up."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    """Signing in, roles, policies and the trail."""

    name = "hearth.accounts"

    def ready(self) -> None:
        """Import each installed app's policies and panels, so that they are known."""
        autodiscover_modules("policies", "panels")
