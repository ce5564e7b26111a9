"""Documents: taken in only when they are what they say, kept where nobody serves them."""

import io
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import RestrictionFactory
from hearth.records import actions, files, storage
from hearth.records.models import ChronologyEntry, Document, DocumentVersion, Scan
from hearth.records.tests.factories import PDF, document, upload

pytestmark = pytest.mark.django_db


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def office(folder, types=b"<Types/>", **more):
    return zipped(
        **{"[Content_Types].xml": types, f"{folder}__document.xml": b"<document/>"}, **more
    )


def film(brand):
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00isommp42"


REAL = {
    "a.pdf": PDF,
    "a.docx": office("word"),
    "a.xlsx": office("xl"),
    "a.pptx": office("ppt"),
    "a.odt": zipped(
        mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<a/>"}
    ),
    "a.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "A.JPEG": b"\xff\xd8\xff\xe1\x00\x10Exif",
    "a.png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "a.heic": film(b"heic"),
    "a.txt": "Dear Miss Quill,\r\n\tthank you, naïve.".encode(),
    "b.txt": "caf\xe9".encode("cp1252"),
    "a.eml": b"From: a@school.example\r\nSubject: Ade\r\n\r\nHe was late.",
    "a.msg": files.OLE + b"\x00" * 600 + files.MESSAGE_STREAM,
    "a.mp3": b"ID3\x04\x00",
    "b.mp3": b"\xff\xfb\x90\x00",
    "a.m4a": film(b"M4A "),
    "a.mp4": film(b"mp42"),
}


@pytest.mark.parametrize("name", REAL)
def test_a_file_that_is_what_it_says_is_taken(name):
    kind = files.kind_of(io.BytesIO(REAL[name]), name)

    assert kind.content_type
    assert kind.words


@pytest.mark.parametrize("name", [n for n in REAL if n.endswith(("f", "x", "odt", "png", "heic"))])
@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html><script>", b"PK\x03\x04broken", b"\0"])
def test_a_file_that_lies_about_its_kind_is_refused(name, content):
    with pytest.raises(CannotDo, match="is not one inside"):
        files.kind_of(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"text\x00with nulls"),
        ("a.txt", b"\x81\x8d\x8f"),
        ("a.eml", b"no headers at all"),
        ("a.eml", b"From: a\r\n\r\n\x00"),
        ("a.msg", files.OLE + b"an old Word document"),
        ("a.mp3", b"RIFF"),
        ("a.mp4", b"\x00\x00\x00\x18ftypqt  "),
        ("a.docx", REAL["a.xlsx"]),
        ("a.xlsx", zipped(**{"xl__a.xml": b""})),
        ("a.odt", REAL["a.docx"]),
        ("a.odt", zipped(mimetype=b"application/zip")),
    ],
)
def test_one_kind_called_another_is_refused(name, content):
    with pytest.raises(CannotDo, match="is not one inside"):
        files.kind_of(io.BytesIO(content), name)


@pytest.mark.parametrize("name", ["a.docm", "a.exe", "a.html", "a.svg", "a.zip", "a", "a.pdf.js"])
def test_a_kind_of_file_not_on_the_list_is_refused_with_the_list(name):
    with pytest.raises(CannotDo, match=r"Send one of these instead: docx, eml.*pdf"):
        files.kind_of(io.BytesIO(PDF), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", office("word", word__vbaProject__bin=b"x", **{"word__vbaProject.bin": b"x"})),
        ("a.docx", office("word", b"ContentType='application/vnd.ms-word.macroEnabled.main+xml'")),
        ("a.xlsx", office("xl", **{"xl__embeddings__run.exe": b"MZ"})),
        (
            "a.odt",
            zipped(mimetype=REAL["a.txt"], **{"Basic__Standard__Module1.xml": b"Sub Main"}),
        ),
    ],
)
def test_a_file_with_macros_is_refused(name, content):
    with pytest.raises(CannotDo, match="macros"):
        files.kind_of(io.BytesIO(content), name)


def test_a_file_that_unpacks_to_far_too_much_is_refused():
    bomb = office("word", **{"word__zeros.xml": b"\0" * (64 * 1024 * 1024)})

    with pytest.raises(CannotDo, match="unpacks to far more"):
        files.kind_of(io.BytesIO(bomb), "a.docx")


def test_a_file_with_thousands_of_parts_is_refused():
    many = office("word", **{f"word__{n}.xml": b"" for n in range(files.MOST_INSIDE + 1)})

    with pytest.raises(CannotDo, match="unpacks to far more"):
        files.kind_of(io.BytesIO(many), "a.docx")


@given(st.binary(max_size=400), st.sampled_from(sorted(files.KINDS)))
def test_no_bytes_at_all_make_the_check_fail_in_another_way(content, ending):
    try:
        files.kind_of(io.BytesIO(content), f"a{ending}")
    except CannotDo:
        return


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Report.pdf", "Report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jo\\Ade's report.pdf", "Ade's report.pdf"),
        ("rep\u202efdp.pdf", "repfdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("...pdf", "pdf"),
        ("", "document"),
        ("\u0645\u062f\u0631\u0633\u0629.pdf", "\u0645\u062f\u0631\u0633\u0629.pdf"),
        ("x" * 300 + ".pdf", "x" * 187 + ".pdf"),
        ("y" * 300, "y" * 190),
    ],
)
def test_a_files_name_is_made_safe(name, safe):
    assert files.safe_name(name) == safe


# Keeping


def test_a_document_is_kept_with_each_child_it_is_about(worker, ade, bea):
    kept = document(ade, bea, by=worker, source="Mill Lane Primary", description="Attendance 61%.")

    (version,) = kept.versions.all()
    assert kept.about == sorted([ade.pk, bea.pk])
    assert list(Document.objects.of_child(ade)) == [kept]
    assert kept.kind_in_words == "School or education report"
    assert (version.file_name, version.size, version.number) == ("Report.pdf", len(PDF), 1)
    assert (version.content_type, version.scan) == ("application/pdf", "not_scanned")


def test_the_file_is_under_a_random_name_readable_by_hearth_alone(worker, ade):
    version = document(ade, by=worker).versions.get()
    path = storage.path_of(version.stored_as)

    assert path.read_bytes() == PDF
    assert "Report" not in str(path)
    assert len(version.stored_as) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "é"])
def test_no_name_climbs_out_of_the_store(name):
    with pytest.raises(CannotDo, match="no such file"):
        storage.path_of(name)


def test_the_claimed_content_type_is_never_believed(worker, ade):
    claimed = upload(PDF, "a.pdf")
    claimed.content_type = "text/html"

    assert document(ade, by=worker, file=claimed).versions.get().content_type == "application/pdf"


@pytest.mark.parametrize(
    ("kwargs", "why"),
    [
        ({"file": upload(b"MZ\x90", "a.pdf")}, "is not one inside"),
        ({"file": upload(b"", "a.pdf")}, "empty"),
        ({"kind": "novel"}, "no code novel"),
        ({"dated_on": timezone.localdate() + timedelta(days=1)}, "in the future"),
    ],
)
def test_a_document_that_cannot_be_taken_leaves_nothing_behind(worker, ade, settings, kwargs, why):
    with pytest.raises(CannotDo, match=why):
        document(ade, by=worker, **kwargs)

    assert not Document.objects.exists()
    assert not list(Path(settings.DOCUMENTS).glob("**/*"))


def test_a_document_is_about_somebody(worker):
    with pytest.raises(CannotDo, match="at least one child"):
        document(by=worker)


def test_a_file_over_the_limit_is_refused_with_the_limit(worker, ade, settings):
    settings.DOCUMENT_LIMIT = 1024 * 1024

    with pytest.raises(CannotDo, match="larger than 1 MB"):
        document(ade, by=worker, file=upload(PDF + b" " * 1024 * 1024))


def test_without_a_title_the_files_name_stands_for_it(worker, ade):
    assert document(ade, by=worker, title="").title == "Report.pdf"


def test_a_document_that_matters_goes_into_the_chronology(worker, ade):
    document(ade, by=worker)
    kept = document(ade, by=worker, in_chronology=True, description="Attendance 61%.")

    (entry,) = ChronologyEntry.objects.all()
    assert (entry.kind, entry.title, entry.text) == ("document", "School report", "Attendance 61%.")
    assert (entry.source_id, entry.page) == (kept.pk, "records:read_document")


def test_a_newer_version_is_kept_beside_the_earlier_ones(worker, other, ade):
    kept = document(ade, by=worker)

    actions.add_version(document=kept, file=upload(PDF + b"more"), by=other)

    assert [(v.number, v.recorded_by) for v in kept.versions.order_by("number")] == [
        (1, worker),
        (2, other),
    ]


def test_a_document_is_withdrawn_with_a_reason_by_who_kept_it_or_a_manager(
    worker, other, manager, ade
):
    kept = document(ade, by=worker, in_chronology=True)

    with pytest.raises(CannotDo, match="Only whoever uploaded this"):
        actions.withdraw_document(document=kept, reason="Wrong child", by=other)
    with pytest.raises(CannotDo, match="Say why"):
        actions.withdraw_document(document=kept, reason="", by=worker)
    actions.withdraw_document(document=kept, reason="Wrong child", by=manager)
    with pytest.raises(CannotDo, match="already withdrawn"):
        actions.withdraw_document(document=kept, reason="Wrong child", by=manager)
    with pytest.raises(CannotDo, match="takes no newer version"):
        actions.add_version(document=kept, file=upload(), by=worker)

    assert not ChronologyEntry.objects.standing()
    assert not Document.objects.standing()
    assert storage.path_of(kept.versions.get().stored_as).exists()


def test_a_document_is_marked_as_not_for_the_family(worker, ade):
    kept = document(ade, by=worker)

    actions.mark_confidential(document=kept, confidential_from_family=True, by=worker)

    kept.refresh_from_db()
    assert kept.confidential_from_family


def test_a_restricted_child_hides_the_documents_they_are_in(worker, ade, bea):
    document(ade, bea, by=worker)
    mine = document(ade, by=worker)
    RestrictionFactory.create(person=bea)

    with acting_as(worker):
        assert list(Document.objects.of_child(ade)) == [mine]
        assert [v.document for v in DocumentVersion.objects.visible_to(worker)] == [mine]


def test_a_file_is_held_back_by_what_the_scanner_said():
    assert DocumentVersion(scan=Scan.INFECTED).is_held_back
    assert DocumentVersion(scan=Scan.FAILED).is_held_back
    assert not DocumentVersion(scan=Scan.CLEAN).is_held_back
    assert not DocumentVersion(scan=Scan.NOT_SCANNED).is_held_back
