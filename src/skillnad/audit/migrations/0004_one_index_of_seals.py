from django.db import migrations, models

from skillnad.audit.triggers import EVENTS, lift_triggers, set_triggers


def set_them(apps, schema_editor):
    set_triggers(schema_editor.connection, [EVENTS])


def lift_them(apps, schema_editor):
    lift_triggers(schema_editor.connection, [EVENTS])


class Migration(migrations.Migration):
    """SQLite makes the table anew for a change of a column, without its triggers: they are set again after it."""

    dependencies = [("audit", "0003_people")]

    operations = [
        migrations.RunPython(lift_them, set_them),
        migrations.AlterField("auditevent", "mac", models.CharField(max_length=64)),
        migrations.RunPython(set_them, lift_them),
    ]
