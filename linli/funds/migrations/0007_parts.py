"""What is only ever added lies in parts, on PostgreSQL: docs/decisions/0028."""

from django.db import migrations

from linli.kernel.partitions import InParts


class Migration(migrations.Migration):
    dependencies = [("funds", "0006_roots")]

    operations = [
        InParts("funds_transfer", by="transaction_id"),
    ]
