"""Find what is open, and what waits to be signed off, by an index: they are few among years."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_a_managers_advice'),
        ('people', '0004_a_connection_is_ended_by_somebody'),
        ('workforce', '0003_roles_are_kept_with_the_account'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='task',
            name='task_done_unsigned',
        ),
        migrations.AddIndex(
            model_name='allocation',
            index=models.Index(condition=models.Q(('role', 'lead')), fields=['ended_on'], name='allocation_lead_ended'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(fields=['ended_on'], name='episode_ended'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('cancelled_at', None), ('done_at__isnull', False), ('signed_off_at', None)), fields=['team', 'step_key', 'done_at'], name='task_to_sign_off'),
        ),
    ]
