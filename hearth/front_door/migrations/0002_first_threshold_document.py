"""Give every authority an edition to decide by, until its partners publish their own."""

from datetime import date

from django.db import migrations


def add(apps, schema_editor):
    document = apps.get_model("front_door", "ThresholdDocument")
    document.objects.using(schema_editor.connection.alias).create(
        title="Levels of need",
        version="Hearth's outline",
        summary="Four levels, from what every child is offered to the duty to protect.",
        started_on=date(1991, 10, 14),
    )


def remove(apps, schema_editor):
    document = apps.get_model("front_door", "ThresholdDocument")
    document.objects.using(schema_editor.connection.alias).filter(
        version="Hearth's outline", recorded_by=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("front_door", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
