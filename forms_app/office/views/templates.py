"""The office's own paper for a form: what may stand in it, what is kept, another one in its place."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forms_app.definitions.templating import Misnamed, drop_template, keep_template
from portal.cms.files.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.units.permissions import is_school_union

from ...models import FormDefinition
from ...paper.placeholders import faults, names_of
from ...paper.word_opening import open_word
from ...views.paper import word_response
from ..gate import for_the_office, frame


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the placeholders and the present template; take another one, or say which placeholder is wrong."""
    definition = _definition(pk)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            if "file" not in request.FILES:
                raise UploadRefused(_("请选择模板文件。"))
            kept = keep_template(definition, upload=request.FILES["file"], actor=request.user)
        except (UploadRefused, Refused) as refusal:
            wrong = [str(refusal)]
        except Misnamed as misnamed:
            wrong = misnamed.faults
        else:
            messages.success(request, _("模板已经启用，以后下载的表格用它。"))
            for hint in kept.hints:
                messages.warning(request, hint)
            return redirect("office:template", pk=pk)
    version = definition.latest_version
    present = getattr(definition, "template", None)
    context = {
        **frame(_("表格模板"), icon="doc-full-inverse", trail=_trail()),
        "definition": definition,
        "names": names_of(version.schema) if version else [],
        "present": present,
        "outdated": _outdated(definition) if present and version and not wrong else [],
        "wrong": wrong,
        "may_act": is_school_union(request.user),
    }
    return render(request, "forms_app/office/template.html", context, status=422 if wrong else 200)


@require_safe
@for_the_office
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the present template."""
    present = getattr(_definition(pk), "template", None)
    if present is None:
        raise Http404
    with present.file.open("rb") as content:
        return word_response(content.read(), present.name)


@require_POST
@for_the_office
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the template away."""
    try:
        drop_template(_definition(pk), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("模板已经撤下，以后下载的是系统的表格。"))
    return redirect("office:template", pk=pk)


def _outdated(definition: FormDefinition) -> list[str]:
    """Return what the template names that the form no longer has: it was redrawn since."""
    with definition.template.file.open("rb") as content:
        return faults(open_word(content), definition.latest_version.schema)


def _definition(pk: int) -> FormDefinition:
    return get_object_or_404(FormDefinition.objects.select_related("template"), pk=pk)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("office:calls"), _("申报与评审"))]
