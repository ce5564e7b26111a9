"""The addresses of this room."""

from django.urls import path

from hearth.records.views import (
    additions,
    chronology,
    documents,
    drafts,
    exporting,
    notes,
    visits,
)

app_name = "records"
CHILD = "children/<int:person_id>"
ENTRY = "chronology/<int:chronologyentry_id>"
NOTE = "notes/<int:casenote_id>"
VISIT = "visits/<int:visit_id>"
DOCUMENT = "documents/<int:document_id>"
VERSION = "documents/versions/<int:documentversion_id>"

urlpatterns = [
    path("drafts/save/", drafts.save_draft, name="save_draft"),
    path("day/", visits.day, name="day"),
    path(f"{CHILD}/export/", exporting.export_record, name="export_record"),
    path(f"{CHILD}/chronology/", chronology.chronology, name="chronology"),
    path(f"{CHILD}/chronology/print/", chronology.print_chronology, name="print_chronology"),
    path(f"{CHILD}/chronology/review/", chronology.review_chronology, name="review_chronology"),
    path(f"{ENTRY}/", chronology.read_entry, name="read_entry"),
    path(f"{ENTRY}/significance/", chronology.change_significance, name="change_significance"),
    path(f"{ENTRY}/impact/", chronology.add_impact, name="add_impact"),
    path(f"{CHILD}/notes/", notes.notes, name="notes"),
    path(f"{CHILD}/notes/record/", notes.record_note, name="record_note"),
    path(f"{CHILD}/notes/line/", notes.record_contact_line, name="record_contact_line"),
    path(f"{CHILD}/oversight/record/", notes.record_oversight, name="record_oversight"),
    path(f"{NOTE}/", notes.read_note, name="read_note"),
    path(f"{NOTE}/edit/", notes.edit_note, name="edit_note"),
    path(f"{NOTE}/versions/", notes.note_versions, name="note_versions"),
    path(f"{NOTE}/chronology/", notes.put_in_chronology, name="put_in_chronology"),
    path(f"{NOTE}/add/", additions.add_to_note, name="add_to_note"),
    path(f"{NOTE}/feedback/", additions.feedback_on_note, name="feedback_on_note"),
    path(f"{NOTE}/read/", additions.mark_note_read, name="mark_note_read"),
    path(f"{NOTE}/withdraw/", additions.withdraw_note, name="withdraw_note"),
    path(f"{CHILD}/visits/plan/", visits.plan_visit, name="plan_visit"),
    path(f"{CHILD}/visits/record/", visits.record_visit, name="record_visit"),
    path(f"{VISIT}/", visits.read_visit, name="read_visit"),
    path(f"{VISIT}/record/", visits.record_planned_visit, name="record_planned_visit"),
    path(f"{VISIT}/send/", visits.send_visit, name="send_visit"),
    path(f"{VISIT}/change/", visits.change_visit, name="change_visit"),
    path(f"{VISIT}/edit/", visits.edit_visit, name="edit_visit"),
    path(f"{VISIT}/versions/", visits.visit_versions, name="visit_versions"),
    path(f"{VISIT}/add/", additions.add_to_visit, name="add_to_visit"),
    path(f"{VISIT}/feedback/", additions.feedback_on_visit, name="feedback_on_visit"),
    path(f"{VISIT}/read/", additions.mark_visit_read, name="mark_visit_read"),
    path(f"{VISIT}/withdraw/", additions.withdraw_visit, name="withdraw_visit"),
    path(f"{CHILD}/documents/", documents.documents, name="documents"),
    path(f"{CHILD}/documents/upload/", documents.upload_document, name="upload_document"),
    path(f"{DOCUMENT}/", documents.read_document, name="read_document"),
    path(f"{DOCUMENT}/version/", documents.add_version, name="add_version"),
    path(f"{DOCUMENT}/confidential/", documents.mark_confidential, name="mark_confidential"),
    path(f"{DOCUMENT}/withdraw/", documents.withdraw_document, name="withdraw_document"),
    path(f"{VERSION}/download/", documents.download_document, name="download_document"),
    path(f"{VERSION}/scan/", documents.scan_again, name="scan_again"),
]
