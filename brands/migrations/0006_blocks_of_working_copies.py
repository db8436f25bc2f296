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


def list_blocks(apps, schema_editor):
    """What is written stays whole on the way back: the story is the list of its blocks again."""
    for copy in apps.get_model("brands", "WorkingCopy").objects.all():
        blocks = {
            part.removeprefix("story."): block
            for part, block in copy.content.items()
            if part.startswith("story.")
        }
        told = [blocks[key] for key in copy.content.get("story", []) if blocks.get(key)]
        if not (blocks or told):
            continue
        kept = {part: said for part, said in copy.content.items() if not part.startswith("story.")}
        kept.pop("story", None)
        copy.content = kept | ({"story": told} if told else {})
        copy.writers = {
            part: who for part, who in copy.writers.items() if not part.startswith("story.")
        }
        copy.saved_from = {}
        copy.save(update_fields=["content", "writers", "saved_from"])


class Migration(migrations.Migration):
    dependencies = [("brands", "0005_reports_of_activities")]

    operations = [migrations.RunPython(name_blocks, list_blocks, elidable=True)]
