"""Practice checks, kept and told."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Practice checks, and what they find."""

    name = "hearth.quality"

    def ready(self) -> None:
        """Hear of every deed, so that the checks look again at whomever it was about."""
        from hearth.accounts import trail  # noqa: PLC0415 - models are ready
        from hearth.quality.touched import touched  # noqa: PLC0415

        trail.LISTENERS.append(touched)
