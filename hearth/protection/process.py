"""The steps of protecting a child, from a strategy discussion to the end of a plan."""

from hearth.accounts.roles import INDEPENDENT, MANAGERS, QUALIFIED, SENIOR, Role
from hearth.casework.process import Process, Step, register
from hearth.protection import timescales
from hearth.protection.models import ConferenceDecision, EnquiryOutcome, StrategyDecision

WORKING_TOGETHER = "Working Together to Safeguard Children 2023, chapter 3"
SECTION_47 = f"Children Act 1989, section 47; {WORKING_TOGETHER}"
WHILE_ON_A_PLAN = ("protection",)
SENDERS = (Role.BUSINESS_SUPPORT, *QUALIFIED, *MANAGERS, Role.CONFERENCE_CHAIR)

STRATEGY = Step(
    key="protection.strategy_discussion",
    name="Hold a strategy discussion",
    done_by=(*MANAGERS, Role.OUT_OF_HOURS),
    due=timescales.HOLD_STRATEGY.key,
    qualified=True,
    authority=SECTION_47,
    leads_to={
        StrategyDecision.NO_ENQUIRY: [],
        StrategyDecision.POLICE_ALONE: [],
        StrategyDecision.SINGLE: ["protection.enquiry"],
        StrategyDecision.JOINT: ["protection.enquiry"],
    },
    outcome_names=dict(StrategyDecision.choices),
    page="protection:strategy_from_task",
    page_by_task=True,
)
SEND_STRATEGY = Step(
    key="protection.send_strategy",
    name="Send the record of the strategy discussion",
    done_by=SENDERS,
    due=timescales.SEND_STRATEGY.key,
    authority=WORKING_TOGETHER,
    page="protection:send_strategy",
)
ENQUIRY = Step(
    key="protection.enquiry",
    name="Section 47 enquiry",
    stays_because="An enquiry is finished, or cancelled with the reason, on its own page",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    qualified=True,
    due=timescales.ENQUIRE.key,
    authority=SECTION_47,
    leads_to={
        EnquiryOutcome.NOT_SUBSTANTIATED: [],
        EnquiryOutcome.NO_CONTINUING_RISK: [],
        EnquiryOutcome.CONFERENCE: ["protection.request_conference"],
        EnquiryOutcome.LEGAL: ["assessments.hand_over_legal"],
    },
    outcome_names=dict(EnquiryOutcome.choices),
    page="protection:enquiry",
)
SEE_CHILD = Step(
    key="protection.see_child",
    name="See each child in the enquiry, and alone",
    stays_because="Seeing each child is asked until the enquiry ends: say there why one was not",
    done_by=QUALIFIED,
    qualified=True,
    due=timescales.SEE_CHILD.key,
    authority=SECTION_47,
    page="protection:enquiry",
    ends_with_episode=True,
)
AGREE_HOME = Step(
    key="protection.agree_home",
    name="Say whether a child goes home in a section 47 enquiry",
    stays_because="A manager answers it, or whoever asked takes it back, on its own page",
    done_by=(*MANAGERS, Role.OUT_OF_HOURS),
    qualified=True,
    due=timescales.AGREE_HOME.key,
    authority=f"{SECTION_47}; Lambeth 2017, findings, paragraph 4",
    page="protection:home_request",
)
REQUEST_CONFERENCE = Step(
    key="protection.request_conference",
    name="Ask for a child protection conference",
    done_by=MANAGERS,
    taken_off_by=SENIOR,
    due=timescales.REQUEST_CONFERENCE.key,
    authority=WORKING_TOGETHER,
    leads_to={"requested": ["protection.initial_conference"]},
    outcome_names={"requested": "Asked for"},
    page="protection:request_conference",
    page_by_task=True,
)
INITIAL_CONFERENCE = Step(
    key="protection.initial_conference",
    name="Hold an initial child protection conference",
    done_by=INDEPENDENT,
    stays_because="A conference is stood down on its own page, with the reason",
    due=timescales.HOLD_INITIAL.key,
    authority=WORKING_TOGETHER,
    leads_to={
        ConferenceDecision.PLAN: [
            "protection.core_group",
            "protection.visit",
            "protection.review_conference",
        ],
        ConferenceDecision.IN_NEED: ["family_help.plan"],
        ConferenceDecision.NO_PLAN: [],
    },
    outcome_names=dict(ConferenceDecision.choices),
    page="protection:conference_of_task",
    page_by_task=True,
)
CONFERENCE_REPORT = Step(
    key="protection.conference_report",
    name="Write the report to the conference",
    done_by=QUALIFIED,
    signed_off_by=MANAGERS,
    qualified=True,
    due=timescales.REPORT_INITIAL.key,
    authority=WORKING_TOGETHER,
    leads_to={"written": []},
    outcome_names={"written": "Written"},
    page="protection:conference_report",
    ends_with_episode=True,
)
SEND_DECISIONS = Step(
    key="protection.send_decisions",
    name="Send the conference's decisions and outline plan",
    done_by=SENDERS,
    due=timescales.SEND_DECISIONS.key,
    authority=WORKING_TOGETHER,
    page="protection:send_decisions",
)
SEND_RECORD = Step(
    key="protection.send_record",
    name="Send the full record of the conference",
    done_by=SENDERS,
    due=timescales.SEND_RECORD.key,
    authority=WORKING_TOGETHER,
    page="protection:send_record",
)
CORE_GROUP = Step(
    key="protection.core_group",
    name="Hold a core group",
    done_by=(*QUALIFIED, *MANAGERS),
    due=timescales.CORE_GROUP.key,
    authority=WORKING_TOGETHER,
    leads_to={"held": ["protection.send_core_group"]},
    outcome_names={"held": "Held"},
    page="plans:call_meeting",
    repeats_while=WHILE_ON_A_PLAN,
    ends_with_episode=True,
)
SEND_CORE_GROUP = Step(
    key="protection.send_core_group",
    name="Send the core group's notes",
    done_by=SENDERS,
    due=timescales.SEND_CORE_GROUP.key,
    authority=WORKING_TOGETHER,
    page="plans:send_notes",
)
REVIEW_CONFERENCE = Step(
    key="protection.review_conference",
    name="Hold a review child protection conference",
    done_by=INDEPENDENT,
    due=timescales.REVIEW.key,
    authority=WORKING_TOGETHER,
    leads_to={
        ConferenceDecision.CONTINUE: [],
        ConferenceDecision.IN_NEED: ["family_help.plan"],
        ConferenceDecision.NO_PLAN: [],
    },
    outcome_names=dict(ConferenceDecision.choices),
    repeats_while=WHILE_ON_A_PLAN,
    ends_with_episode=True,
    page="protection:conference_of_task",
    page_by_task=True,
)
VISIT = Step(
    key="protection.visit",
    name="Visit a child who has a child protection plan",
    done_by=QUALIFIED,
    qualified=True,
    due=timescales.VISIT.key,
    authority=f"{WORKING_TOGETHER}; the frequency set in the plan",
    page="plans:visit_asked_for",
    page_by_task=True,
    repeats_while=WHILE_ON_A_PLAN,
    ends_with_episode=True,
)

ENQUIRIES = register(
    Process(
        name="Section 47 enquiries",
        steps=[STRATEGY, SEND_STRATEGY, ENQUIRY, SEE_CHILD, AGREE_HOME, REQUEST_CONFERENCE],
    )
)
CONFERENCES = register(
    Process(
        name="Child protection conferences",
        steps=[
            INITIAL_CONFERENCE,
            CONFERENCE_REPORT,
            SEND_DECISIONS,
            SEND_RECORD,
            REVIEW_CONFERENCE,
        ],
    )
)
PLANS = register(Process(name="Child protection plans", steps=[CORE_GROUP, SEND_CORE_GROUP, VISIT]))
