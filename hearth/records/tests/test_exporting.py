"""A child's whole record, taken out: nothing missing, and nothing private to another."""

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import hearth_itself
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Hazard
from hearth.people.tests.factories import (
    AddressFactory,
    ChildFactory,
    PersonFactory,
    RestrictionFactory,
)
from hearth.records.actions import export_record, withdraw_written
from hearth.records.disclosure.plan import tables
from hearth.records.disclosure.purposes import KEPT_BACK, LEFT_OUT
from hearth.records.disclosure.reading import CODES, UNSAID
from hearth.records.tests.factories import PRIVATE, document, note
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])


@pytest.fixture
def worker():
    return social_worker()


@pytest.fixture
def ade():
    return ChildFactory.create(given_names="Ade")


def taken(child, by, purpose="court", reason="Order of 3 November"):
    with acting_as(by):
        out = export_record(child=child, purpose=purpose, reason=reason, at=timezone.now(), by=by)
    with out.file:
        pack = zipfile.ZipFile(BytesIO(out.file.read()))
    return out.found, pack, json.loads(pack.read("record.json"))


def words_of(told, key):
    found = [section["records"] for section in told["sections"] if section["key"] == key]
    return json.dumps(found, ensure_ascii=False)


def test_it_holds_what_is_on_record_to_read_and_to_load_with_the_files(ade, guardian, worker):
    AddressFactory.create(person=ade, lines="3 Fen Row")
    note(ade, by=worker, text="Slept on the sofa.\nAte well.")
    letter = document(ade, by=worker)

    found, pack, told = taken(ade, guardian)

    assert told["child_id"] == ade.la_child_id
    assert "Slept on the sofa.\\nAte well." in words_of(told, "records.CaseNote")
    assert '{"label": "Kind", "text": "Telephone call"}' in words_of(told, "records.CaseNote")
    assert "3 Fen Row" in words_of(told, "people.Address")
    version = letter.versions.get()
    name = next(n for n in pack.namelist() if n.startswith("documents/"))
    assert name.endswith(version.file_name)
    assert len(pack.read(name)) == version.size
    assert pack.read("record.pdf").startswith(b"%PDF")
    assert (found.hidden, found.kept_back) == (0, 0)
    event = TrailEvent.objects.get(what="Took out the whole record")
    assert (event.about, event.by_id) == ([ade.pk], guardian.pk)
    assert event.reason == "A court orders it, or proceedings need it: Order of 3 November"


def test_nothing_private_to_a_sister_is_in_it_and_what_is_shared_says_so(ade, guardian, worker):
    bea = ChildFactory.create(given_names="Bea")
    note(ade, bea, by=worker, text="Both seen.", texts={bea.pk: PRIVATE, ade.pk: "Ade smiled"})

    _, pack, told = taken(ade, guardian)

    whole = pack.read("record.json").decode()
    assert PRIVATE not in whole
    assert "Both seen." in whole
    assert "Ade smiled" in whole
    assert "Also about 1 other person" in words_of(told, "records.CaseNote")


def test_for_whoever_the_record_is_of_what_could_harm_is_kept_back_and_why(ade, guardian, worker):
    AddressFactory.create(person=ade, lines="9 Refuge Lane", confidential=True)
    Hazard.objects.create(
        person=ade,
        code="violence",
        detail="Uncle hits callers",
        review_on=date(2027, 1, 4),
        recorded_by=worker,
    )
    document(ade, by=worker, confidential_from_family=True)
    wrong = note(ade, by=worker, text="About the Quills next door.")
    withdraw_written(written=wrong, reason="Wrong child", by=worker)

    found, pack, told = taken(ade, guardian, purpose="subject_access")
    _, whole_pack, whole = taken(ade, guardian, purpose="transfer")

    said = pack.read("record.json").decode()
    for hidden in ("9 Refuge Lane", "Uncle hits callers", "the Quills"):
        assert hidden not in said
        assert hidden in whole_pack.read("record.json").decode()
    assert not [n for n in pack.namelist() if n.startswith("documents/")]
    assert "To be kept from the family" in words_of(told, "people.Address")
    assert found.kept_back >= 4
    assert "Withdrawn as recorded in error" in words_of(whole, "records.CaseNote")


def test_what_is_about_somebody_hidden_is_left_out_and_how_much_is_said(ade, guardian, worker):
    aunt = ChildFactory.create(given_names="Hidden")
    note(ade, aunt, by=worker, text="Seen with Hidden.")
    RestrictionFactory.create(person=aunt)
    boss = UserFactory.create(roles=[Role.SERVICE_MANAGER])

    found, pack, told = taken(ade, boss)

    assert "Hidden" not in pack.read("record.json").decode()
    assert found.hidden >= 1
    assert any("Ask the Caldicott guardian" in line for line in told["notes"])


def test_who_may_take_it_out_and_of_whom(ade, guardian, worker):
    def attempt(**kwargs):
        given = {"child": ade, "purpose": "court", "reason": "Order", "by": guardian}
        return export_record(at=timezone.now(), **(given | kwargs))

    merged = ChildFactory.create(merged_into=ade)
    for change, why in (
        ({"by": worker}, "A service manager"),
        ({"purpose": "curiosity"}, "Say why"),
        ({"reason": " "}, "Say who asked"),
        ({"child": PersonFactory.create()}, "no child's record"),
        ({"child": merged}, "merged into another"),
    ):
        with pytest.raises(CannotDo, match=why):
            attempt(**change)
    assert not TrailEvent.objects.filter(what="Took out the whole record").exists()


def test_its_page_asks_why_and_gives_one_file(client, ade, guardian, worker):
    address = reverse("records:export_record", args=[ade.pk])
    client.force_login(worker)
    assert client.get(address).status_code == 403
    client.force_login(guardian)
    chronology = client.get(reverse("records:chronology", args=[ade.pk])).content.decode()

    assert address in chronology
    assert "Read every page before it leaves" in client.get(address).content.decode()
    assert "Error:" in client.post(address, {"purpose": "court"}).content.decode()
    given = client.post(address, {"purpose": "court", "reason": "Order of 3 November"})

    assert f'filename="record-{ade.la_child_id}.zip"' in given["Content-Disposition"]
    assert zipfile.ZipFile(BytesIO(given.getvalue())).testzip() is None
    set_worker(hearth_itself())


def test_every_table_of_a_childs_record_is_in_it_or_left_out_with_a_reason():
    there = {table.model._meta.label for table in tables()}
    parts = {table.part._meta.label for table in tables() if table.part}
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("hearth.")}

    assert set(LEFT_OUT) <= ours
    assert not there & set(LEFT_OUT)
    assert {"records.CaseNote", "front_door.Contact", "assessments.Assessment"} <= there
    assert {"assessments.RiskFactor", "people.Relationship", "casework.Episode"} <= there
    assert {"records.NoteChild", "front_door.ContactChild", "casework.TaskChild"} <= parts
    assert not there & parts


def test_what_it_names_is_what_there_is():
    for rule in KEPT_BACK:
        held = {f.name for f in apps.get_model(rule.of)._meta.concrete_fields}
        assert set(rule.fields) <= held
    for place, codes in CODES.items():
        label, _, name = place.rpartition(".")
        assert apps.get_model(label)._meta.get_field(name)
        assert code_set(codes).codes
        assert name not in UNSAID
