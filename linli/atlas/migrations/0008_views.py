"""Views."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0007_open_data'),
    ]

    operations = []
