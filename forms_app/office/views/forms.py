"""What the office does with a form beside drawing it: versions, moving drafts, trying it out, files, next year's copy."""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.definitions import copying, form_file, moving, trying
from portal.lifecycle.door import Refused
from portal.units.models import Unit

from ...engine.checking import warnings
from ...engine.comparing import changes
from ...engine.context import FillingContext
from ...engine.display import display
from ...engine.forms import build_form, prefilled
from ...engine.schema import Schema, digest, fields_of
from ...engine.schema_checks import faults
from ...models import Entry, FormDefinition, FormVersion
from ...models.status import EDITABLE
from ...permissions import may_design
from ..gate import View, for_the_office, frame

LIST = "wagtailsnippets_forms_app_formdefinition:list"
EDIT = "wagtailsnippets_forms_app_formdefinition:edit"
SALT = "forms_app.import"


def for_designers(view: View) -> View:
    """Answer 404 to everybody who does not design forms."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_design(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gate


class NameForm(forms.Form):
    """The name of a new form."""

    name = forms.CharField(label=gettext_lazy("新表单的名称"), max_length=60)


class FileForm(forms.Form):
    """A form's file."""

    file = forms.FileField(
        label=gettext_lazy("表单文件（.json）"),
        help_text=gettext_lazy("在“表单设计”里用“导出”存下来的文件，本校的或别的学校的都可以。"),
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )


@require_safe
@for_the_office
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the published history of a form: what each version changed, and how many entries use it."""
    definition = get_object_or_404(FormDefinition, pk=pk)
    found = list(
        definition.versions.select_related("created_by")
        .annotate(
            used=Count("entries"), drafts=Count("entries", filter=Q(entries__status__in=EDITABLE))
        )
        .order_by("-number")
    )
    latest = definition.latest_version
    drawn_now = digest(_drawing(pk).schema)
    rows = [
        {
            "version": version,
            "latest": latest and version.pk == latest.pk,
            "restorable": version.digest != drawn_now,
            "changes": changes(before.schema, version.schema) if before else None,
        }
        for version, before in zip(found, [*found[1:], None], strict=True)
    ]
    context = {
        **_frame(definition, _("版本与草稿")),
        "rows": rows,
        "drafts_behind": sum(row.drafts for row in found if latest and row.pk != latest.pk),
        "may_design": may_design(request.user),
        "unpublished": _unpublished(definition),
    }
    return render(request, "forms_app/office/form_versions.html", context)


@require_safe
@for_the_office
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one version as a unit sees it."""
    found = _version(pk, number)
    return render(
        request,
        "forms_app/form/preview.html",
        {"object": found, "form": build_form(found.schema, answers={})},
    )


@require_safe
@for_the_office
def export(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Hand out a form as a file: one of its versions, or as it is drawn now."""
    if number is None:
        drawing = _drawing(pk)
        name, kind, schema, ending = drawing.name, drawing.kind, drawing.schema, _("草稿")
    else:
        found = _version(pk, number)
        name, kind, schema = found.definition.name, found.definition.kind, found.schema
        ending = _("第%(number)d版") % {"number": number}
    response = HttpResponse(form_file.write(name, kind, schema), content_type="application/json")
    filename = f"{slugify(name, allow_unicode=True)}-{ending}.json"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Make next year's form from this one."""
    definition = get_object_or_404(FormDefinition, pk=pk)
    proposed = copying.next_name(definition.name, timezone.localdate().year + 1)
    form = NameForm(request.POST or None, initial={"name": proposed})
    if request.method == "POST" and form.is_valid():
        copy = copying.duplicate(definition, actor=request.user, **form.cleaned_data)
        messages.success(
            request, _("已复制为“%(name)s”。改好后发布，再在新的通知里选用它。") % {"name": copy}
        )
        return redirect(EDIT, copy.pk)
    context = {**_frame(definition, _("复制到下一年度")), "form": form, "definition": definition}
    status = 422 if form.is_bound else 200
    return render(request, "forms_app/office/form_duplicate.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what going back to a version would change in the draft; make it the draft again."""
    found = _version(pk, number)
    if request.method == "POST":
        try:
            copying.restore(found, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("office:form_versions", pk)
        messages.success(
            request,
            _("第%(number)d版已恢复为草稿。看过、改好后按“发布”，单位才会换用它。")
            % {"number": number},
        )
        return redirect(EDIT, pk)
    definition = found.definition
    drawing = _drawing(pk)
    context = {
        **_frame(definition, _("恢复第%(number)d版") % {"number": number}),
        "version": found,
        "same": digest(drawing.schema) == found.digest,
        "changes": changes(drawing.schema, found.schema),
        "unpublished": definition.has_unpublished_changes,
        "latest": definition.latest_version,
    }
    return render(request, "forms_app/office/form_restore.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def import_file(request: HttpRequest) -> HttpResponse:
    """Read a form from a file: look at it first, then create it as a draft."""
    context = {
        **frame(_("导入表单"), icon="form", trail=[(reverse(LIST), _("表单设计"))]),
        "form": FileForm(),
    }
    if request.method != "POST":
        return render(request, "forms_app/office/form_import.html", context)
    if "content" in request.POST:
        return _create(request, context)
    form = FileForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return render(request, "forms_app/office/form_import.html", context, status=422)
    content = form.cleaned_data["file"].read(form_file.MAX_BYTES + 1)
    try:
        found = form_file.read(content)
    except form_file.BadFile as bad:
        context["faults"] = bad.faults
        return render(request, "forms_app/office/form_import.html", context, status=422)
    packed = signing.dumps(content.decode("utf-8-sig"), salt=SALT, compress=True)
    return _look_at(request, context, found, packed, NameForm(initial={"name": found.name}))


def _create(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    try:
        content = signing.loads(request.POST["content"], salt=SALT)
        found = form_file.read(content.encode())
    except (signing.BadSignature, form_file.BadFile):
        raise Http404 from None
    name = NameForm(request.POST)
    if not name.is_valid():
        return _look_at(request, context, found, request.POST["content"], name, status=422)
    definition = copying.create(found, actor=request.user, **name.cleaned_data)
    messages.success(
        request, _("已导入为草稿“%(name)s”。看过、改好后再发布。") % {"name": definition}
    )
    return redirect(EDIT, definition.pk)


def _look_at(
    request: HttpRequest,
    context: dict[str, Any],
    found: form_file.FormFile,
    packed: str,
    name: NameForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context |= {
        "found": found,
        "kind": FormDefinition(kind=found.kind).get_kind_display(),
        "field_count": len(fields_of(found.schema)),
        "to_mend": faults(found.schema, kind=found.kind),
        "same": FormVersion.objects.filter(digest=digest(found.schema))
        .select_related("definition")
        .first(),
        "engine_form": build_form(found.schema, answers={}),
        "content": packed,
        "name_form": name,
    }
    return render(request, "forms_app/office/form_import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the latest version changes for whom; move the chosen drafts to it."""
    definition = get_object_or_404(FormDefinition, pk=pk)
    target = definition.latest_version
    if request.method == "POST" and target is not None:
        chosen = set(request.POST.getlist("entry"))
        if request.POST.get("to") != str(target.number):
            messages.error(request, _("表单刚刚又发布了一版，请按现在的改动再看一遍。"))
            return redirect("office:form_move", pk)
        entries = [one for one in moving.open_entries(definition, target) if str(one.pk) in chosen]
        moved, refused = moving.move(entries, to=target, actor=request.user)
        if moved:
            messages.success(
                request,
                _("已换用第%(number)d版 %(count)d 份，并告诉了各单位。")
                % {"number": target.number, "count": moved},
            )
        elif not refused:
            messages.warning(request, _("没有勾选要换的申报。"))
        for reason, count in refused.items():
            messages.error(
                request, _("%(count)d 份没有换：%(reason)s") % {"count": count, "reason": reason}
            )
        return redirect("office:form_move", pk)
    context = {
        **_frame(definition, _("草稿换用新版")),
        "definition": definition,
        "target": target,
        "groups": moving.plan(definition),
        "staying": _staying(definition, target),
    }
    return render(request, "forms_app/office/form_move.html", context)


def _staying(definition: FormDefinition, target: FormVersion | None) -> int:
    """Return how many entries keep their older version, because they have been handed in."""
    others = Entry.objects.filter(form_version__definition=definition).exclude(form_version=target)
    return others.exclude(status__in=EDITABLE).count()


@require_http_methods(["GET", "HEAD", "POST"])
@for_designers
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a form as it is drawn now; nothing is kept."""
    drawing = _drawing(pk)
    schema = drawing.schema
    units = list(Unit.objects.active())
    asked = request.POST.get("unit") or request.GET.get("unit")
    unit = next((one for one in units if one.code == asked), next(iter(units), None))
    files, wrong = trying.take(
        schema,
        trying.unpacked(request.POST.get("files", "")),
        request.FILES,
        remove=request.POST.get("remove_file", ""),
    )
    context = FillingContext(
        unit=unit, year=timezone.localdate().year, attachments=files, begun=False
    )
    posted = request.method == "POST"
    check = posted and "check" in request.POST
    form = build_form(
        schema,
        answers=prefilled(schema, context),
        data=request.POST if posted else None,
        strict=check,
        context=context,
    )
    for one in files:
        one.details = {**one.details, **form.details.get(one.pk, {})}
    found = list(form.problems) if check else []
    form.problems.extend(wrong)
    labels = {field["key"]: field["label"] for field in fields_of(schema)}
    shown = {
        "definition": drawing,
        "form": form,
        "files": trying.packed(files),
        "unit": unit,
        "units": units,
        "checked": check,
        "flaws": faults(schema, kind=drawing.kind),
        "problems": [(one, labels.get(one.field_key, "")) for one in [*found, *wrong]],
        "warnings": [(one, labels.get(one.field_key, "")) for one in warnings(schema, form.answers)]
        if check
        else [],
        "would_send": display(schema, form.answers, files) if check and not found else None,
    }
    return render(request, "forms_app/office/form_trial.html", shown)


def _version(pk: int, number: int) -> FormVersion:
    return get_object_or_404(
        FormVersion.objects.select_related("definition"), definition=pk, number=number
    )


def _drawing(pk: int) -> FormDefinition:
    """Return a form as it is drawn now: its latest revision, published or not."""
    return get_object_or_404(FormDefinition, pk=pk).get_latest_revision_as_object()


def _unpublished(definition: FormDefinition) -> list[Any]:
    """Return what the draft changes against the latest version; [] where there is nothing unpublished."""
    latest = definition.latest_version
    if latest is None or not definition.has_unpublished_changes:
        return []
    schema: Schema = definition.get_latest_revision_as_object().schema
    return changes(latest.schema, schema)


def _frame(definition: FormDefinition, title: str) -> dict[str, Any]:
    trail = [
        (reverse(LIST), _("表单设计")),
        (reverse(EDIT, args=[definition.pk]), definition.name),
    ]
    heading = _("%(form)s：%(title)s") % {"form": definition.name, "title": title}
    return {**frame(heading, icon="form", trail=trail), "definition": definition}
