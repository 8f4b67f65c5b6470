from django.db import migrations

from linli.kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_report_and_step")]

    operations = [AppendOnly("reports_step")]
