import django.db.models.deletion
from django.db import migrations, models

from skillnad.audit.triggers import SUBJECTS, lift_triggers, set_triggers


def set_them(apps, schema_editor):
    set_triggers(schema_editor.connection, [SUBJECTS])


def lift_them(apps, schema_editor):
    lift_triggers(schema_editor.connection, [SUBJECTS])


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="AuditSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="audit.auditevent",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["person", "event"], name="audit_audit_person_4a4c7e_idx")]},
        ),
        migrations.RunPython(set_them, lift_them),
    ]
