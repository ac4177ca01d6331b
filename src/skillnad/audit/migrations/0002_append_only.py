from django.db import migrations

from skillnad.audit.triggers import EVENTS, lift_triggers, set_triggers


def set_them(apps, schema_editor):
    set_triggers(schema_editor.connection, [EVENTS])


def lift_them(apps, schema_editor):
    lift_triggers(schema_editor.connection, [EVENTS])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(set_them, lift_them)]
