"""Strategy discussions, section 47 enquiries, agreements to keep children safe, conferences."""

from hearth.protection.models.agency_reports import (
    AgencyReport,
    AgencyReportChild,
    ReportLink,
)
from hearth.protection.models.agreements import (
    AgreementKind,
    AgreementSignature,
    SafetyAgreement,
)
from hearth.protection.models.conferences import (
    Conference,
    ConferenceChild,
    ConferenceDecision,
    ConferenceReport,
    ConferenceReportChild,
    ReportState,
)
from hearth.protection.models.enquiries import (
    Enquiry,
    EnquiryChild,
    EnquiryOutcome,
    EnquiryState,
)
from hearth.protection.models.found import (
    EnquiryCheck,
    EnquiryParent,
    MedicalExamination,
    NightPlace,
)
from hearth.protection.models.going_home import (
    HomeDecision,
    HomeRequest,
    HomeState,
    ReturnHome,
)
from hearth.protection.models.strategy import (
    StrategyChild,
    StrategyDecision,
    StrategyDiscussion,
)

__all__ = [
    "AgencyReport",
    "AgencyReportChild",
    "AgreementKind",
    "AgreementSignature",
    "Conference",
    "ConferenceChild",
    "ConferenceDecision",
    "ConferenceReport",
    "ConferenceReportChild",
    "Enquiry",
    "EnquiryCheck",
    "EnquiryChild",
    "EnquiryOutcome",
    "EnquiryParent",
    "EnquiryState",
    "HomeDecision",
    "HomeRequest",
    "HomeState",
    "MedicalExamination",
    "NightPlace",
    "ReportLink",
    "ReportState",
    "ReturnHome",
    "SafetyAgreement",
    "StrategyChild",
    "StrategyDecision",
    "StrategyDiscussion",
]
