from django.db import migrations

from skillnad.collection.row_policies import POLICIES, SET
from skillnad.register.row_policies import lifted, run


def set_them(apps, schema_editor):
    run(schema_editor.connection, SET)


def lift_them(apps, schema_editor):
    run(schema_editor.connection, lifted(POLICIES))


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial"), ("register", "0003_row_security")]

    operations = [migrations.RunPython(set_them, lift_them)]
