"""The editor of a brand page as a browser has it open."""

from django.urls import reverse

from brands.models import BrandPage
from brands.writing import editing


def address(project, name="edit_page"):
    return reverse(f"brands:{name}", args=[project.project_no])


class Sheet:
    """An open editor: what it holds and what it says it showed, as the browser would post it."""

    def __init__(self, client, project, actor):
        self.client, self.project, self.actor = client, project, actor
        client.force_login(actor)
        shown = client.get(address(project))
        self.fields = {
            name: shown.context[key]
            for name, key in (("page", "page_name"), ("seen", "seen"), ("save_count", "save_count"))
        }
        form, blocks = shown.context["form"], shown.context["blocks"]
        self.text = shown.text
        self.fields |= {one.html_name: one.value() or "" for one in form}
        self.fields |= {one.html_name: one.value() or "" for block in blocks for one in block}
        self.fields |= {"story-TOTAL_FORMS": len(blocks), "story-INITIAL_FORMS": len(blocks)}

    def type(self, **fields):
        self.fields |= fields
        return self

    def autosave(self):
        self.client.force_login(self.actor)
        answer = self.client.post(
            address(self.project, "autosave_page"),
            self.fields,
            headers={"Accept": "application/json"},
        )
        told = answer.json()
        self.fields |= {name: told[name] for name in ("seen", "save_count") if name in told}
        return answer

    def press(self, do="save", **more):
        self.client.force_login(self.actor)
        return self.client.post(address(self.project), {**self.fields, "do": do}, **more)


def kept(project):
    return editing.draft_of(BrandPage.objects.get(project=project)).content
