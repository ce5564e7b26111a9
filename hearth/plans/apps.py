"""Meetings and plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Meetings of agencies and families, and the plans they make."""

    name = "hearth.plans"

    def ready(self) -> None:
        """Ask the rooms below to say when a visit is recorded and when an episode closes."""
        from hearth.casework.following import CLOSING_FOLLOWERS  # noqa: PLC0415 - models are ready
        from hearth.plans.actions.ending import end_with_episode  # noqa: PLC0415
        from hearth.plans.actions.visiting import visit_said  # noqa: PLC0415
        from hearth.records.after import AFTER_VISIT  # noqa: PLC0415

        CLOSING_FOLLOWERS[:] = [end_with_episode]
        AFTER_VISIT.append(visit_said)
