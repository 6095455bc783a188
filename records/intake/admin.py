"""Imports in the back office: upload a file, see what it would do, have another person confirm it."""

import csv
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import access, columns
from records.backoffice.record import AuthorityFilter, ReadOnlyAdmin
from records.intake import uploads, words
from records.intake.forms import UploadForm
from records.intake.models import Batch, BatchState
from records.intake.preview import Stopped

PROBLEMS_PER_PAGE = 20


class BatchAdmin(ReadOnlyAdmin):
    """Imports of a person's authorities; `accepted` (format and room by key) comes with registration."""

    accepted: dict = {}
    authority_path = "authority_code"
    list_display = ("file_name", "state_mark", "format", "authority_code", "new", "changed", "unchanged",
                    "vanished", "refused", "uploaded", "confirmed")  # fmt: skip
    list_filter = ("state", "format", AuthorityFilter, ("uploaded_at", admin.DateFieldListFilter))
    search_fields = ("file_name", "source", "sha256")
    search_help_text = gettext_lazy("File, source or SHA-256")
    list_select_related = ("uploaded_by", "confirmed_by")
    actions = None

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_mark(self, row):
        """The word with its mark."""
        return columns.state(row)

    @admin.display(description=gettext_lazy("uploaded"), ordering="uploaded_at")
    def uploaded(self, row):
        """Who, and when."""
        return columns.who_when(row.uploaded_by, row.uploaded_at, _("by command"))

    @admin.display(description=gettext_lazy("confirmed"), ordering="committed_at")
    def confirmed(self, row):
        """The second person, and when it went in."""
        instead = _("by command") if row.committed_at else columns.NONE
        return columns.who_when(row.confirmed_by, row.committed_at, instead)

    def has_add_permission(self, request):
        """Uploading, at some authority."""
        return self.allowed(request, "add")

    def may_confirm(self, request, batch) -> bool:
        """Whether the person may confirm it; a file that names its authorities is a registrar's."""
        reach = access.reach(request.user, "records.confirm_batch")
        return reach.everywhere or (bool(batch.authority_code) and reach.holds(batch.authority_code))

    def may_discard(self, request, batch) -> bool:
        """Whoever brought it and whoever could confirm it."""
        return batch.uploaded_by_id == request.user.pk or self.may_confirm(request, batch)

    def get_urls(self):
        """What can be done with a waiting import, its problems as a file, and templates to fill in."""
        view, name = self.admin_site.admin_view, "records_batch_%s"
        verbs = [
            path(f"<int:object_id>/{verb}/", view(partial(self.verb_view, verb=verb)), name=name % verb)
            for verb in ("confirm", "again", "discard")
        ]
        return [
            path("template/<slug:key>/", view(self.template_view), name=name % "template"),
            path("<int:object_id>/problems.csv", view(self.problems_view), name=name % "problems"),
            *verbs,
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file in and go on to its preview."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        reach = self.reach(request, "add")
        authorities = access.all_authorities(request.user) if reach.everywhere else reach.authorities
        form = UploadForm(
            request.POST or None,
            request.FILES or None,
            accepted=self.accepted,
            reach=reach,
            authorities=authorities,
        )
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    batch = self._take_in(request, form.cleaned_data)
                except ValidationError as error:
                    form.add_error("file", error)
                else:
                    return HttpResponseRedirect(reverse("admin:records_batch_change", args=[batch.pk]))
        context = self.admin_site.each_context(request) | {
            "title": _("Upload a file"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "records/backoffice/upload.html", context, status=status)

    def _take_in(self, request, data) -> Batch:
        name, digest, size = uploads.store(data["file"], data["suffix"])
        batch = Batch.objects.create(
            format=data["format"], file_name=data["file"].name[-300:], sha256=digest, size=size, upload=name,
            source=data["source"], licence=data["licence"], authority_code=data["authority"],
            uploaded_by=request.user,
        )  # fmt: skip
        uploads.preview(batch, self.accepted[batch.format])
        self.log_addition(request, batch, _("Uploaded."))
        return batch

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What a waiting file would do, or what an import did."""
        return self._page(request, self._batch(request, object_id))

    def _page(self, request, batch, errors=(), status=200):
        problems = uploads.problems(batch)
        waiting = batch.state == BatchState.PREVIEWED
        nothing = waiting and batch.brings_nothing
        page = Paginator(problems, PROBLEMS_PER_PAGE).get_page(request.GET.get("page"))
        entry = self.accepted.get(batch.format)
        nouns = entry.room.nouns if entry else words.RECORDS
        context = self.admin_site.each_context(request) | {
            "title": batch.file_name, "opts": self.opts, "original": batch, "waiting": waiting,
            "nothing": nothing, "errors": errors,
            "counts": words.counts(batch, nouns), "changes": words.changes(batch, nouns),
            "examples": words.examples(batch, nouns),
            "surprises": batch.details.get("surprises", []) if waiting else [], "problems": page,
            "format": entry.format if entry else None,
            "mine": batch.uploaded_by_id == request.user.pk, "may_confirm": self.may_confirm(request, batch),
            "may_discard": self.may_discard(request, batch), "previewed_at": words.instant(batch),
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/import.html", context, status=status)

    def verb_view(self, request, object_id: int, verb: str):
        """Confirm, look again, or discard; each leads back to the import."""
        batch = self._batch(request, object_id)
        allowed = self.may_discard(request, batch) if verb == "discard" else self.may_confirm(request, batch)
        if verb == "again":
            allowed = self.may_discard(request, batch)
        if request.method != "POST" or not allowed:
            raise PermissionDenied
        try:
            getattr(self, f"_{verb}")(request, batch)
        except ValidationError as error:
            batch.refresh_from_db()
            return self._page(request, batch, error.messages, 422)
        return HttpResponseRedirect(reverse("admin:records_batch_change", args=[batch.pk]))

    def _confirm(self, request, batch) -> None:
        if batch.format not in self.accepted:
            raise ValidationError(
                _("The format %(key)s is no longer offered. Discard this import.") % {"key": batch.format}
            )
        accepted = self.accepted[batch.format]
        try:
            done = uploads.confirm(batch, accepted, request.user, agreed="agreed" in request.POST)
        except uploads.Changed:
            batch.refresh_from_db()
            uploads.preview(batch, accepted)
            raise ValidationError(
                _(
                    "The register has changed since this preview, so nothing was imported. "
                    "Look at the new one below."
                )
            ) from None
        except Stopped as stopped:
            raise ValidationError([
                *stopped.reasons, _("Nothing was imported. If this is right, tick the box and confirm again.")
            ]) from None  # fmt: skip
        self.log_change(request, done, _("Confirmed."))
        messages.success(request, _("Imported: %(counts)s.") % {"counts": words.summary(done)})

    def _again(self, request, batch) -> None:
        if batch.state != BatchState.PREVIEWED:
            raise ValidationError(_("Only an import that waits is looked at again."))
        uploads.preview(batch, self.accepted[batch.format])

    def _discard(self, request, batch) -> None:
        uploads.discard(batch)
        self.log_change(request, batch, _("Discarded."))
        messages.success(request, _("The import is discarded. Nothing of it is in the register."))

    def problems_view(self, request, object_id: int):
        """Every problem as a table for the people who make the file."""
        batch = self._batch(request, object_id)
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="problems-{batch.pk}.csv"'
        writer = csv.writer(response)
        writer.writerow([_("file"), _("where"), _("field"), _("value"), _("what to do")])
        writer.writerows([words.harmless(cell) for cell in row] for row in uploads.problems(batch))
        return response

    def template_view(self, request, key: str):
        """An empty table of a format, to fill in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        entry = self.accepted.get(key)
        if entry is None or not hasattr(entry.format, "template"):
            raise Http404
        response = HttpResponse("\ufeff" + entry.format.template(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{key}-template.csv"'
        return response

    def _batch(self, request, object_id) -> Batch:
        batch = self.get_object(request, str(object_id))
        if batch is None:
            raise Http404
        return batch
