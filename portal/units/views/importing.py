"""The import of units and people: upload, look, confirm, hand out initial passwords."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.workbooks import CONTENT_TYPE

from ..auditing import client_ip
from ..forms import UploadForm
from ..importing import workbooks
from ..importing.applying import Outdated, apply, keep, keep_again, plan_of
from ..importing.comparing import Plan
from ..models import PeopleImport, User
from ..passwords import give_initial_passwords
from ..permissions import may_manage_people, may_manage_person

SHOWN_PROBLEMS = 200

View = Callable[..., HttpResponse]


def kept_by_office(view: View) -> View:
    """Admit those who keep units and people."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_manage_people(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@kept_by_office
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Offer the template, take the workbook, and show what is wrong with it or what it would do."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        plan, upload = keep(file.read(), file_name=file.name, actor=request.user)
        if upload:
            return redirect("units_import_check", upload.pk)
        context |= _shown(plan) | {"file_name": file.name}
    context["earlier"] = PeopleImport.objects.exclude(applied_at=None).select_related(
        "uploaded_by"
    )[:10]
    return render(request, "units/admin/import.html", context)


@kept_by_office
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, upload_pk: int) -> HttpResponse:
    """Show what an upload would do, carry it out when confirmed, and show the result afterwards."""
    upload = _own_upload(request, upload_pk)
    if upload.applied_at:
        if request.method == "POST":
            messages.error(request, _("这个文件已经导入过了。"))
        return render(request, "units/admin/import_done.html", _result(upload, request.user))
    if request.method == "POST":
        try:
            apply(upload, actor=request.user, ip=client_ip(request))
        except Outdated as outdated:
            messages.error(request, str(outdated))
        else:
            messages.success(request, _("导入完成。"))
        return redirect("units_import_check", upload.pk)
    plan = plan_of(upload, actor=request.user)
    keep_again(upload, plan)
    return render(request, "units/admin/import_check.html", {"upload": upload, **_shown(plan)})


@kept_by_office
@require_POST
def passwords(request: HttpRequest, upload_pk: int) -> HttpResponse:
    """Draw initial passwords for the new people who have not signed in yet, and hand out the list."""
    upload = _own_upload(request, upload_pk)
    waiting = _waiting(upload, request.user)
    given = give_initial_passwords(waiting, actor=request.user, ip=client_ip(request))
    response = HttpResponse(workbooks.passwords(given), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="initial-passwords.xlsx"'
    return response


@kept_by_office
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the workbook to fill in."""
    response = HttpResponse(workbooks.template(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="units-and-people.xlsx"'
    return response


def _own_upload(request: HttpRequest, upload_pk: int) -> PeopleImport:
    upload = get_object_or_404(PeopleImport, pk=upload_pk)
    if upload.uploaded_by_id != request.user.pk:
        raise Http404
    return upload


def _waiting(upload: PeopleImport, actor: User) -> list[User]:
    """Return the new people without a password of theirs, less those who got a role since that is not this person's to give."""
    people = upload.created_people.filter(last_login=None, is_active=True).order_by("staff_no")
    return [
        person for person in people.prefetch_related("groups") if may_manage_person(actor, person)
    ]


def _result(upload: PeopleImport, actor: User) -> dict[str, object]:
    return {
        "upload": upload,
        "created": upload.created_people.count(),
        "waiting": len(_waiting(upload, actor)),
    }


def _shown(plan: Plan) -> dict[str, object]:
    """Return what the templates show of a plan."""
    sheets = [
        {
            "title": title,
            "new": [item for item in items if item.state == "new"],
            "changed": [item for item in items if item.state == "changed"],
            "same": plan.count(title, "same"),
        }
        for title, items in plan.items.items()
    ]
    more = len(plan.problems) - SHOWN_PROBLEMS
    return {
        "plan": plan,
        "sheets": sheets,
        "problems": plan.problems[:SHOWN_PROBLEMS],
        "more_problems": ngettext("另有 %(n)d 处。", "另有 %(n)d 处。", more) % {"n": more}
        if more > 0
        else "",
    }
