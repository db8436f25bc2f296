"""Each block of a story that is being written becomes a part of its own, by the id it has in the latest revision."""

import json

from django.db import migrations


def name_blocks(apps, schema_editor):
    for copy in apps.get_model("brands", "WorkingCopy").objects.select_related(
        "page__latest_revision"
    ):
        story = copy.content.get("story", [])
        if not any(isinstance(block, dict) for block in story):
            continue
        revision = copy.page.latest_revision
        told = json.loads(revision.content["story"]) if revision else []
        ids = [raw.get("id") or str(place) for place, raw in enumerate(told)]
        ids += [str(place) for place in range(len(ids), len(story))]
        named = dict(zip(ids, story, strict=False))
        copy.content |= {"story": list(named)}
        copy.content |= {f"story.{key}": block for key, block in named.items()}
        # Who has typed what is not known block by block: whatever differs from the revision is left to choose.
        copy.saved_from = {}
        copy.save(update_fields=["content", "saved_from"])


class Migration(migrations.Migration):
    dependencies = [("brands", "0005_reports_of_activities")]

    operations = [migrations.RunPython(name_blocks, migrations.RunPython.noop)]
