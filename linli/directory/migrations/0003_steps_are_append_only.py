from django.db import migrations

from linli.kernel.never import append_only


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_steps")]

    operations = append_only("directory_step")
