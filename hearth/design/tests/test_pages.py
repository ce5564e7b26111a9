import json

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template import Context, Template
from django.test import RequestFactory

from hearth.design import views
from hearth.design.tests import addresses

pytestmark = [pytest.mark.urls("hearth.design.tests.addresses"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_drafts():
    addresses.SAVED.clear()


@pytest.mark.parametrize("address", ["/form/", "/record/", "/list/", "/decision/", "/desk/"])
def test_every_page_shape_has_a_title_a_way_in_and_nothing_inline(client, address):
    html = client.get(address).content.decode()

    assert 'href="#main-content" class="govuk-skip-link"' in html
    assert 'id="main-content"' in html
    assert html.count("<h1") == 1
    assert "OFFICIAL-SENSITIVE" in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script>" not in html
    assert "<title>Error" not in html


def test_a_signed_in_page_has_search_the_workers_name_and_the_way_out(client):
    worker = get_user_model().objects.create_user("jo", first_name="Jo", last_name="<b>Hill</b>")
    client.force_login(worker)

    html = client.get("/list/?q=amy").content.decode()

    assert 'action="/desk/search/"' in html
    assert "&lt;b&gt;Hill" in html
    assert "Sign out" in html
    assert f'data-user="{worker.pk}"' in html
    assert "Printed from Hearth by Jo" in html
    assert 'value="amy"' in client.get("/desk/search/?q=amy").content.decode()


def test_a_page_with_errors_says_so_first_and_lists_each_with_its_place(client):
    html = client.post("/form/", {"held_on_day": "31"}).content.decode()

    assert "<title>Error: Record a visit \N{EN DASH} Hearth</title>" in html
    assert html.index("govuk-error-summary") < html.index("<h1")
    assert '<a href="#id_held_on_month">Enter the month and the year</a>' in html
    assert '<a href="#id_child-2-seen_0">Ben Brook: Answer “Was this child seen?”</a>' in html
    assert " data-draft-posted" in html


def test_errors_about_the_whole_form_stand_first():
    class Whole(forms.Form):
        def clean(self):
            raise forms.ValidationError("Choose a <child>")

    html = Template("{% load hearth_design %}{% error_summary %}").render(
        Context({"form": Whole({})})
    )

    assert "<li>Choose a &lt;child&gt;</li>" in html


def test_a_form_page_gives_its_draft_to_the_browser(client):
    addresses.SAVED["visit"] = {"version": 3, "fields": {"name": ["</script>"]}}

    html = client.get("/form/").content.decode()

    assert 'data-draft-key="visit" data-draft-url="/drafts/save/"' in html
    assert 'data-draft-about="[1, 2]" data-draft-version="3" data-draft-asked="' in html
    assert 'id="draft-visit"' in html
    assert "</script>\\" not in html
    assert "\\u003C/script\\u003E" in html
    assert "data-draft-status" in html


def test_a_page_without_a_draft_says_nothing_of_one(client):
    assert "data-draft" not in client.get("/decision/").content.decode()


def test_the_page_after_lets_the_browser_forget_the_draft(client):
    html = client.post("/form/", {"name": "Done School"}, follow=True).content.decode()

    assert '<meta name="draft-done" content="visit">' in html
    assert "govuk-notification-banner--success" in html
    assert "Visit recorded" in html


def test_a_list_says_how_many_and_what_would_be_there(client):
    assert "95 contacts, showing 1 to 10" in client.get("/list/").content.decode()
    assert "Nothing matches" in client.get("/list/?count=0").content.decode()


def test_what_cannot_be_done_is_a_page_with_its_reason(client):
    answer = client.get("/cannot/")

    assert answer.status_code == 409
    assert "already &lt;b&gt;signed off" in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"content_type": "application/json"}, {"headers": {"accept": "application/json"}}]
)
def test_what_cannot_be_done_is_json_for_a_program(client, asked):
    answer = client.post("/cannot/", data="{}", **{"content_type": "text/plain", **asked})

    assert answer.status_code == 409
    assert json.loads(answer.content) == {"reason": "This assessment was already <b>signed off</b>"}


def test_a_refusal_gives_its_reasons(client):
    many, none = client.get("/refuse/?many"), client.get("/refuse/")

    assert many.status_code == none.status_code == 403
    assert "<li>You are on leave</li>" in many.content.decode()
    assert "Your role does not allow it" in none.content.decode()
    as_json = client.get("/refuse/?many", headers={"accept": "application/json"})
    assert as_json.json() == {"reasons": ["You wrote this", "You are on leave"]}


def test_reasons_may_be_one_or_many():
    assert views.reasons_in(PermissionDenied("a", ["b", "c"], 4)) == ["a", "b", "c", "4"]


def test_every_other_fault_has_its_page(client):
    client.raise_request_exception = False
    request = RequestFactory().get("/")
    answers = [
        (client.get("/nothing/"), 404, "There is nothing here"),
        (client.get("/breaks/"), 500, "Something has gone wrong in Hearth"),
        (views.not_understood(request, SuspiciousOperation()), 400, "did not make sense"),
        (views.form_expired(request, "no token"), 403, "open too long"),
    ]

    for answer, status, words in answers:
        assert answer.status_code == status
        assert words in answer.content.decode()
