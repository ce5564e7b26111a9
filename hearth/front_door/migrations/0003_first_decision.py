"""Have each contact say which decision was its first, so that the queue is found by an index."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

FILL = """
    UPDATE front_door_contact SET first_decision_id = d.id
    FROM front_door_contactdecision d
    WHERE d.contact_id = front_door_contact.id AND d.supersedes_id IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('front_door', '0002_first_threshold_document'),
        ('workforce', '0003_roles_are_kept_with_the_account'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='removed_delete',
        ),
        migrations.AddField(
            model_name='contact',
            name='first_decision',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='front_door.contactdecision'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='first_decision',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='front_door.contactdecision'),
        ),
        # While the triggers are off, so that no contact seems to have been changed by this.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('first_decision', None), ('withdrawn_at', None)), fields=['-significant_harm', 'received_at', 'id'], name='contact_undecided'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "front_door_contactevent" ("about", "acknowledged_at", "acknowledged_by_id", "acknowledgement", "action_taken", "concerns", "consent", "consent_note", "domestic_abuse", "family", "first_decision_id", "form_key", "id", "lawful_basis", "method", "out_of_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "received_at", "recommended_outcome", "recommended_threshold", "recorded_at", "recorded_by_id", "referrer_address", "referrer_agency", "referrer_email", "referrer_kind", "referrer_name", "referrer_organisation", "referrer_phone", "referrer_role", "risk_score", "safety_now", "screened_at", "screened_by_id", "screening_rationale", "significant_harm", "source", "stated_threshold", "team_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") SELECT old_values."about", old_values."acknowledged_at", old_values."acknowledged_by_id", old_values."acknowledgement", old_values."action_taken", old_values."concerns", old_values."consent", old_values."consent_note", old_values."domestic_abuse", old_values."family", old_values."first_decision_id", old_values."form_key", old_values."id", old_values."lawful_basis", old_values."method", old_values."out_of_hours", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."reason", old_values."received_at", old_values."recommended_outcome", old_values."recommended_threshold", old_values."recorded_at", old_values."recorded_by_id", old_values."referrer_address", old_values."referrer_agency", old_values."referrer_email", old_values."referrer_kind", old_values."referrer_name", old_values."referrer_organisation", old_values."referrer_phone", old_values."referrer_role", old_values."risk_score", old_values."safety_now", old_values."screened_at", old_values."screened_by_id", old_values."screening_rationale", old_values."significant_harm", old_values."source", old_values."stated_threshold", old_values."team_id", old_values."withdrawn_at", old_values."withdrawn_by_id", old_values."withdrawn_reason" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d916d5393f7de68c29ec0d83d1274ec0ce35784f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_2f533', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='front_door_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='removed_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "front_door_contactevent" ("about", "acknowledged_at", "acknowledged_by_id", "acknowledgement", "action_taken", "concerns", "consent", "consent_note", "domestic_abuse", "family", "first_decision_id", "form_key", "id", "lawful_basis", "method", "out_of_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "received_at", "recommended_outcome", "recommended_threshold", "recorded_at", "recorded_by_id", "referrer_address", "referrer_agency", "referrer_email", "referrer_kind", "referrer_name", "referrer_organisation", "referrer_phone", "referrer_role", "risk_score", "safety_now", "screened_at", "screened_by_id", "screening_rationale", "significant_harm", "source", "stated_threshold", "team_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") SELECT old_values."about", old_values."acknowledged_at", old_values."acknowledged_by_id", old_values."acknowledgement", old_values."action_taken", old_values."concerns", old_values."consent", old_values."consent_note", old_values."domestic_abuse", old_values."family", old_values."first_decision_id", old_values."form_key", old_values."id", old_values."lawful_basis", old_values."method", old_values."out_of_hours", _pgh_attached_context.value, NOW(), \'removed\', old_values."id", old_values."reason", old_values."received_at", old_values."recommended_outcome", old_values."recommended_threshold", old_values."recorded_at", old_values."recorded_by_id", old_values."referrer_address", old_values."referrer_agency", old_values."referrer_email", old_values."referrer_kind", old_values."referrer_name", old_values."referrer_organisation", old_values."referrer_phone", old_values."referrer_role", old_values."risk_score", old_values."safety_now", old_values."screened_at", old_values."screened_by_id", old_values."screening_rationale", old_values."significant_harm", old_values."source", old_values."stated_threshold", old_values."team_id", old_values."withdrawn_at", old_values."withdrawn_by_id", old_values."withdrawn_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='48489dffe36d8cd97d1d605c2a131995f46afc61', level='STATEMENT', operation='DELETE', pgid='pgtrigger_removed_delete_7383d', referencing='REFERENCING OLD TABLE AS old_values ', table='front_door_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactdecision',
            trigger=pgtrigger.compiler.Trigger(name='contact_knows_it_was_decided', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    IF EXISTS (\n                        SELECT FROM front_door_contact\n                        WHERE id = NEW.contact_id AND first_decision_id IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'contact % was decided, and does not say so', NEW.contact_id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ", hash='a1bd993d5d74cb8d97e399bf72e8e1989de5d852', operation='INSERT', pgid='pgtrigger_contact_knows_it_was_decided_f9938', table='front_door_contactdecision', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
