from django.db import migrations


class Migration(migrations.Migration):
    """Nothing: what stood here is part of 0001, which takes a third of the time. Databases know this name."""

    initial = True

    dependencies = [
        ('forms_app', '0001_initial'),
    ]

    operations = []
