"""The head of the feed: the one row that publications lock."""

from django.db import migrations


def make_head(apps, schema_editor):
    apps.get_model("services_catalog", "FeedHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("services_catalog", "0001_initial")]
    operations = [migrations.RunPython(make_head, migrations.RunPython.noop)]
