"""What a colleague is typing into a section or an agency's answer is not recorded over unseen."""

import pytest

from hearth.assessments.models import AgencyConsulted
from hearth.assessments.tests.factories import hear_agency
from hearth.assessments.tests.pages import address, as_hearth, sent_form, text
from hearth.records.tests.drafting import typed
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def forms_of(assessment):
    """Each form that several write, with a box: shared, a child's, a parent's, an agency's."""
    child = assessment.children.first().child_id
    hear_agency(assessment)
    agency = AgencyConsulted.objects.get()
    return {
        "family": (address("write_section", assessment.pk, "family"), "parenting_capacity"),
        "needs": (address("write_section", assessment.pk, "needs"), f"child-{child}-health"),
        "parents": (address("parents", assessment.pk), "adult-other-new-views"),
        "agency": (address("answer_agency", agency.pk), "said"),
    }


@pytest.mark.parametrize("which", ["family", "needs", "parents", "agency"])
def test_words_a_colleague_is_typing_are_seen_before_a_form_is_recorded(
    client, being_written, which
):
    as_hearth()
    at, box = forms_of(being_written)[which]
    mine = sent_form(client.get(at)) | {box: "Mine.", "draft_version": "0"}
    if which == "parents":
        mine["adult-other-new-name"] = "Joss"
    as_hearth()
    colleague = social_worker(team=being_written.task.team)
    typed(colleague, at, **{box: "Theirs."})
    recorded = being_written.saves.count()

    page = client.post(at, mine)

    assert f"{colleague} has written in this form too" in text(page)
    assert "data-draft-unseen" in text(page)
    assert "data-draft-posted" in text(page)
    assert "Mine.</textarea>" in text(page).replace("\n", "")
    as_hearth()
    assert being_written.saves.count() == recorded
    assert client.post(at, mine | {"draft_version": "1"}).status_code == 302
    as_hearth()
    assert being_written.saves.count() == recorded + 1
