"""Documents, uploaded, downloaded and withdrawn on their pages."""

import pytest
from django.urls import reverse

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.records import actions
from hearth.records.models import DocumentVersion
from hearth.records.tests.factories import PDF, document, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(full):
    return DocumentVersion.objects.get(document=full["document"])


def test_a_document_is_uploaded_and_downloaded_as_it_was(browser, ade, bea, mother, tmp_path):
    browser.post(
        reverse("records:upload_document", args=[ade.pk]),
        {"file": upload(name="School report.pdf"), "kind": "education", "also": [bea.pk]},
    )
    set_worker(hearth_itself())
    kept = DocumentVersion.objects.get()

    answer = browser.get(reverse("records:download_document", args=[kept.pk]))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="School report.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"
    assert kept.about == sorted([ade.pk, bea.pk])


def test_a_file_that_lies_is_refused_in_words(browser, ade):
    answer = browser.post(
        reverse("records:upload_document", args=[ade.pk]),
        {"file": upload(b"MZ\x90\x00", "Report.pdf"), "kind": "education"},
    )

    assert "is not one inside" in answer.content.decode()


def test_a_file_the_scanner_kept_back_is_not_downloaded(browser, version):
    DocumentVersion.objects.filter(pk=version.pk).update(scan="infected")

    refused = browser.get(reverse("records:download_document", args=[version.pk]))
    page = browser.get(reverse("records:read_document", args=[version.document_id]))
    again = browser.post(reverse("records:scan_again", args=[version.pk]))

    assert refused.status_code == again.status_code == 403
    assert "a virus was found" in page.content.decode()
    assert "Download" not in page.content.decode()


def test_a_withdrawn_document_is_opened_by_a_manager_alone(client, worker, manager, version):
    client.force_login(worker)
    address = reverse("records:download_document", args=[version.pk])
    page = reverse("records:withdraw_document", args=[version.document_id])
    client.post(page, {"reason": "Wrong child"})

    mine = client.get(address)
    client.force_login(manager)

    assert mine.status_code == 403
    assert b"".join(client.get(address).streaming_content) == PDF


def test_a_file_gone_from_the_store_is_said_to_be(browser, version, settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "elsewhere"

    answer = browser.get(reverse("records:download_document", args=[version.pk]))

    assert answer.status_code == 409
    assert "not in the store" in answer.content.decode()


def test_a_document_is_scanned_again_marked_and_given_a_newer_version(browser, version):
    browser.get(reverse("records:scan_again", args=[version.pk]))
    browser.post(reverse("records:scan_again", args=[version.pk]))
    document = version.document
    browser.post(reverse("records:mark_confidential", args=[document.pk]), {})
    browser.post(reverse("records:add_version", args=[document.pk]), {"file": upload()})

    page = browser.get(reverse("records:read_document", args=[document.pk])).content.decode()
    assert "Confidential from the family" not in page
    assert page.count("Download Report.pdf") == 2


def test_withdrawn_documents_are_listed_apart(browser, worker, ade):
    kept = document(ade, by=worker)
    actions.withdraw_document(document=kept, reason="Mistake", by=worker)
    address = reverse("records:documents", args=[ade.pk])

    assert "School report" not in browser.get(address).content.decode()
    assert "School report" in browser.get(address, {"show": "withdrawn"}).content.decode()
