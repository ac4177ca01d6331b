from django.db import migrations

from skillnad.audit.triggers import EVENTS, lift_triggers, set_triggers


def set_them(apps, schema_editor):
    set_triggers(schema_editor.connection, [EVENTS])


def lift_them(apps, schema_editor):
    lift_triggers(schema_editor.connection, [EVENTS])


class Migration(migrations.Migration):
    """That two events never follow the same is kept by the row id, which is the place in the chain."""

    dependencies = [("audit", "0004_one_index_of_seals")]

    operations = [
        migrations.RunPython(lift_them, set_them),
        migrations.RemoveConstraint("auditevent", "auditevent_one_chain"),
        migrations.RunPython(set_them, lift_them),
    ]
