from django.db import migrations


def empty_the_index(apps, schema_editor):
    """What stands in it was written by another backend; set_up (or update_index) writes it anew."""
    apps.get_model("wagtailsearch", "IndexEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0002_initial'),
        ('wagtailsearch', '0010_add_text_fields'),
    ]

    operations = [
        migrations.RunPython(empty_the_index, empty_the_index),
        migrations.DeleteModel(
            name='SearchText',
        ),
    ]
