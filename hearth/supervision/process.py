"""The two steps of supervision: the session, and each case discussed in it."""

from hearth.accounts.roles import SUPERVISORS
from hearth.casework.process import Process, Step, register
from hearth.supervision import timescales

SESSION = Step(
    key="supervision.session",
    name="Hold and record supervision",
    done_by=SUPERVISORS,
    due=timescales.SESSION.key,
    authority="Standards for Employers of Social Workers in England, standard 5: regular, "
    "protected supervision; more often in the first year (ASYE framework)",
    leads_to={"held": ["supervision.session"]},
    outcome_names={"held": "Held, recorded and signed; the next date is set"},
    page="supervision:session",
)

# When each case is next due is worked out from the record, so that none is missed because nobody
# put it on a list. A task is opened only where a manager asks for the case back by a day.
CASE_DISCUSSION = Step(
    key="supervision.case_discussion",
    name="Bring the case back to supervision",
    done_by=SUPERVISORS,
    due=timescales.CASE.key,
    due_while={
        "protection": timescales.CASE_DANGER.key,
        "looked_after": timescales.CASE_DANGER.key,
    },
    authority="Working Together to Safeguard Children 2023, chapter 3: oversight of each case, its "
    "direction on the child's record",
    leads_to={"discussed": []},
    outcome_names={"discussed": "Discussed, with decisions that each have an owner and a date"},
    page="supervision:bring_back",
    page_by_task=True,
    ends_with_episode=True,
)

SUPERVISION = register(Process(name="Supervision", steps=[SESSION, CASE_DISCUSSION]))
