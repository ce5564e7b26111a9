"""Meetings and plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Meetings of agencies and families, and the plans they make."""

    name = "hearth.plans"

    def ready(self) -> None:
        """Ask the rooms below to say when a visit is recorded and when an episode closes."""
        from hearth.casework.closing_days import DATED, Dated  # noqa: PLC0415
        from hearth.casework.closure_reasons import MORE, Trace  # noqa: PLC0415
        from hearth.casework.following import CLOSING_FOLLOWERS  # noqa: PLC0415 - models are ready
        from hearth.plans.actions.ending import end_with_episode  # noqa: PLC0415
        from hearth.plans.actions.visiting import visit_said  # noqa: PLC0415
        from hearth.plans.models import PlanChild, PlanKind  # noqa: PLC0415
        from hearth.records.after import AFTER_VISIT  # noqa: PLC0415

        protection = PlanChild.objects.of_kind(PlanKind.PROTECTION)
        in_need = PlanChild.objects.of_kind(PlanKind.CHILD_IN_NEED)
        MORE.extend(
            (
                Trace(key="protection", words="a child protection plan", rows=protection.all),
                Trace(key="in_need", words="a child in need plan", rows=in_need.all),
            )
        )
        DATED.extend(
            (
                Dated(words="a protection plan ended", rows=protection.all, day="ended_on"),
                Dated(words="a child in need plan began", rows=in_need.all, day="started_on"),
                Dated(words="a child in need plan ended", rows=in_need.all, day="ended_on"),
            )
        )
        CLOSING_FOLLOWERS[:] = [end_with_episode]
        AFTER_VISIT.append(visit_said)
