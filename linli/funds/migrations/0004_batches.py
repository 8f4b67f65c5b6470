"""Payment batches: the file's hash and totals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0003_attestations"),
    ]

    operations = []
