"""The index of facets by record, the record first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services_catalog", "0005_attributes")]

    operations = [
        migrations.AddIndex(
            model_name="recordfacet", index=models.Index(fields=["uuid", "kind"], name="facets_by_record")
        ),
        migrations.RemoveIndex(model_name="recordfacet", name="facets_of_record"),
    ]
