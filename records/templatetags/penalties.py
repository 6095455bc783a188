"""What templates ask about decisions: links to documents, the newest ones, those of an establishment."""

from pathlib import PurePath

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("records/penalties/_document.html")
def document_link(document, reference=""):
    """A link to a document: to its file here, or to its address; without `reference` a file has no link."""
    address = document.url
    if document.sha256:
        address = reverse("penalties:document", args=[reference, document.pk]) if reference else ""
    kind = PurePath(document.file_name).suffix[1:].upper()
    return {"document": document, "address": address, "elsewhere": not document.sha256, "kind": kind}
