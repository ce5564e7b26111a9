"""Child protection."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Strategy discussions, section 47 enquiries, conferences and core groups."""

    name = "hearth.protection"

    def ready(self) -> None:
        """Say what a visit does to an enquiry, who may lead one, and how plans are carried on."""
        from hearth.casework.closing_days import DATED, Dated  # noqa: PLC0415
        from hearth.casework.closure_reasons import MORE, Trace  # noqa: PLC0415
        from hearth.casework.following import WHY_NOT_GIVEN  # noqa: PLC0415 - models are ready
        from hearth.people.living import WHY_NOT_THERE  # noqa: PLC0415
        from hearth.plans.following import PLAN_ENDED  # noqa: PLC0415
        from hearth.protection import carrying_on  # noqa: F401, PLC0415
        from hearth.protection.actions.concern import follow_concern  # noqa: PLC0415
        from hearth.protection.actions.conference_off import follow_plan_end  # noqa: PLC0415
        from hearth.protection.actions.seeing import see_in_enquiries  # noqa: PLC0415
        from hearth.protection.going_home import why_not_home  # noqa: PLC0415
        from hearth.protection.leading import why_not_given  # noqa: PLC0415
        from hearth.protection.models import ConferenceChild, EnquiryChild  # noqa: PLC0415
        from hearth.protection.process import ENQUIRY  # noqa: PLC0415
        from hearth.records.after import AFTER_VISIT  # noqa: PLC0415

        AFTER_VISIT.extend((see_in_enquiries, follow_concern))
        enquiries = EnquiryChild.objects.filter(enquiry__cancelled_on=None)
        held = ConferenceChild.objects.filter(conference__decided_at__isnull=False)
        MORE.extend(
            (
                Trace(key="enquiry", words="a section 47 enquiry", rows=enquiries.all),
                Trace(key="conference", words="a child protection conference", rows=held.all),
            )
        )
        enquiry, conference = "a section 47 enquiry began", "a conference was held"
        DATED.append(Dated(words=enquiry, rows=enquiries.all, day="enquiry__started_on"))
        DATED.append(
            Dated(words=conference, rows=held.all, day="conference__meeting__held_at__date")
        )
        PLAN_ENDED.append(follow_plan_end)
        WHY_NOT_THERE.append(why_not_home)
        WHY_NOT_GIVEN[ENQUIRY.key] = why_not_given
