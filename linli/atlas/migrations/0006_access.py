"""Ways to a station."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0005_exhibitions'),
    ]

    operations = []
