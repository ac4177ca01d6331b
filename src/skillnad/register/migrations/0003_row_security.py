from django.db import migrations, models

from skillnad.register.row_policies import POLICIES, SET, lifted, run


def set_them(apps, schema_editor):
    run(schema_editor.connection, SET)


def lift_them(apps, schema_editor):
    run(schema_editor.connection, lifted(POLICIES))


class Migration(migrations.Migration):
    dependencies = [("register", "0002_fewer_indexes"), ("organisation", "0002_roles_and_emergencies")]

    operations = [
        migrations.AddIndex(
            model_name="client",
            index=models.Index(condition=models.Q(("protected", True)), fields=["id"], name="client_protected_few"),
        ),
        migrations.RunPython(set_them, lift_them),
    ]
