"""Where production counts tries of signing in and of resetting: made here, so that nobody has to remember it."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """Django's own table of a cache; nothing when it is already there."""
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_valid_from")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
