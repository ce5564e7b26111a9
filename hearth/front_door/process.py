"""What is done with a contact and a referral, in order."""

from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED, Role
from hearth.casework.process import Process, Step, register
from hearth.front_door import timescales
from hearth.front_door.models import ContactOutcome, ReferralOutcome

WORKING_TOGETHER = "Working Together to Safeguard Children 2023, chapter 3"

SCREEN_CONTACT = Step(
    key="front_door.screen_contact",
    name="Screen a contact",
    done_by=(Role.SCREENING_OFFICER, *QUALIFIED, *MANAGERS),
    due=timescales.SCREEN_AND_DECIDE.key,
    authority=WORKING_TOGETHER,
    leads_to={"sent_to_manager": ["front_door.decide_contact"]},
    outcome_names={"sent_to_manager": "Sent to a manager"},
    page="front_door:screen_contact",
)
CONSIDER_HARM = Step(
    key="front_door.consider_harm",
    name="Consider signs of significant harm today",
    done_by=MANAGERS,
    due=timescales.SAME_DAY.key,
    qualified=True,
    authority="Children Act 1989, section 47",
    leads_to={"considered": []},
    outcome_names={"considered": "Considered, and what keeps the children safe recorded"},
    page="front_door:consider_harm",
)
DECIDE_CONTACT = Step(
    key="front_door.decide_contact",
    name="Decide a contact",
    done_by=MANAGERS,
    due=timescales.SCREEN_AND_DECIDE.key,
    qualified=True,
    authority=WORKING_TOGETHER,
    leads_to={
        ContactOutcome.REFERRAL: ["front_door.decide_referral"],
        ContactOutcome.STRATEGY: ["protection.strategy_discussion"],
        ContactOutcome.ALLOCATED: ["front_door.read_contact"],
        ContactOutcome.EARLY_HELP: ["family_help.early_help"],
        ContactOutcome.SIGNPOSTING: [],
        ContactOutcome.INFORMATION: [],
        ContactOutcome.OTHER_AUTHORITY: [],
        ContactOutcome.NO_ACTION: [],
    },
    outcome_names=dict(ContactOutcome.choices),
    page="front_door:decide_contact",
)
READ_CONTACT = Step(
    key="front_door.read_contact",
    name="Read a contact about a child you work with",
    done_by=(*PRACTITIONERS, *MANAGERS),
    due=timescales.TO_THE_ALLOCATED_WORKER.key,
    authority="Local practice",
    page="front_door:read_contact",
    ends_with_episode=True,
)
ACKNOWLEDGE_OUT_OF_HOURS = Step(
    key="front_door.acknowledge_out_of_hours",
    name="Acknowledge an out-of-hours contact",
    done_by=MANAGERS,
    due=timescales.ACKNOWLEDGE_OUT_OF_HOURS.key,
    authority="Local practice",
    page="front_door:acknowledge_out_of_hours",
)
READ_NIGHT = Step(
    key="front_door.read_night",
    name="Read what happened in the night",
    done_by=(*PRACTITIONERS, *MANAGERS),
    due=timescales.READ_THE_NIGHT.key,
    authority="Local practice",
    page="front_door:read_night",
    ends_with_episode=True,
)
FEEDBACK = Step(
    key="front_door.feedback",
    name="Tell the referrer what was decided",
    done_by=(Role.SCREENING_OFFICER, Role.BUSINESS_SUPPORT, *QUALIFIED, *MANAGERS),
    due=timescales.TELL_THE_REFERRER.key,
    authority=WORKING_TOGETHER,
    page="front_door:send_feedback",
    ends_with_episode=True,
)
DECIDE_REFERRAL = Step(
    key="front_door.decide_referral",
    name="Decide a referral",
    done_by=MANAGERS,
    due=timescales.DECIDE_REFERRAL.key,
    qualified=True,
    authority=WORKING_TOGETHER,
    leads_to={
        # And the assessment of the framework in force on the day of the referral.
        ReferralOutcome.ASSESS: ["casework.allocate"],
        ReferralOutcome.STRATEGY: ["protection.strategy_discussion", "casework.allocate"],
        ReferralOutcome.EARLY_HELP: ["family_help.early_help"],
        ReferralOutcome.OTHER_SERVICE: [],
        ReferralOutcome.NO_ACTION: [],
    },
    outcome_names={
        **dict(ReferralOutcome.choices),
        ReferralOutcome.ASSESS: "Assess, which also opens the assessment the framework calls for",
    },
    page="front_door:decide_referral",
)

# Handed over by name until early help is built, so that nothing falls between: a manager says when
# it was taken up, and by whom.
EARLY_HELP = Step(
    key="family_help.early_help",
    name="Hand over to early help",
    done_by=(*MANAGERS, Role.SCREENING_OFFICER),
    due=timescales.HAND_TO_EARLY_HELP.key,
    authority=WORKING_TOGETHER,
    page="front_door:hand_over",
    page_by_task=True,
)

CONTACTS = register(
    Process(
        name="Contacts",
        steps=[
            SCREEN_CONTACT,
            CONSIDER_HARM,
            ACKNOWLEDGE_OUT_OF_HOURS,
            DECIDE_CONTACT,
            READ_CONTACT,
            READ_NIGHT,
            FEEDBACK,
        ],
    )
)
REFERRALS = register(Process(name="Referrals", steps=[DECIDE_REFERRAL, EARLY_HELP]))
