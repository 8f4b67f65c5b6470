"""Products, releases and their cells."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
    ]

    operations = []
