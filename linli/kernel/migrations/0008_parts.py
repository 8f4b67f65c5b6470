"""What is only ever added lies in parts, on PostgreSQL: docs/decisions/0028."""

from django.db import migrations

from linli.kernel.partitions import InParts


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_texts")]

    operations = [
        InParts("kernel_logleaf", by="position"),
    ]
