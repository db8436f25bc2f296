from django.db import migrations


class Migration(migrations.Migration):
    """Who has a form open is noted in the shell of /my/ now, for every form; what was noted here is a minute old at most."""

    dependencies = [("forms_app", "0002_initial")]

    operations = [migrations.DeleteModel(name="Presence")]
