"""Accounts opened before addresses were proven: theirs is, unless somebody else had read the link they came by."""

from django.db import migrations
from django.db.models import F


def look_back(apps, schema_editor):
    """From the trail: which links were read by whoever invited."""
    alias = schema_editor.connection.alias
    entries = apps.get_model("audit", "Entry").objects.using(alias).filter(action="invitation.link_taken")
    taken = [int(number) for number in entries.values_list("subject_id", flat=True)]
    invitations = apps.get_model("organisations", "Invitation").objects.using(alias)
    invitations.filter(pk__in=taken).update(is_link_handed_over=True)
    mailed = set(_addresses(invitations.filter(is_link_handed_over=False)))
    doubtful = set(_addresses(invitations.filter(is_link_handed_over=True))) - mailed
    users = apps.get_model("accounts", "User").objects.using(alias).filter(address_proven_at__isnull=True)
    users.exclude(email__in=doubtful).update(address_proven_at=F("joined_at"))


def _addresses(invitations):
    return invitations.filter(accepted_at__isnull=False).values_list("email", flat=True)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_links_handed_over"),
        ("accounts", "0006_address_proven_at"),
        ("audit", "0002_append_only"),
    ]
    operations = [migrations.RunPython(look_back, migrations.RunPython.noop)]
