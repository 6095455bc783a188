"""The source document of a decision: a file that was handed in, or an address; what is stored stays."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.publication import documents
from records.publication.documents import Document


def chosen(entry, held: Document | None) -> Document | None:
    """The document that the form brings, stored; None where it brings none, or cannot be taken.

    `entry.brought` says that it was taken, so that the fields can be emptied.

    A file comes before an address. The same address under the same title is the same document, because a
    draft is saved many times and documents are kept for ever.
    """
    data = entry.cleaned_data
    title, upload, url = data.get("document_title", ""), data.get("file"), data.get("document_url", "")
    if upload:
        try:
            stored = documents.store(upload, title)
        except ValidationError as error:
            entry.add_error("file", error)
            return None
        entry.brought = True
        return stored
    if not url or entry.still_typing("document_url", "document_title"):
        return None
    entry.brought = True
    number = data.get("decision_number", "")
    title = title or (_("Decision %(number)s") % {"number": number} if number else _("Decision"))[:300]
    if held is not None and (held.url, held.title) == (url, title):
        return held
    known = Document.objects.filter(url=url, title=title, sha256="").first()
    return known or Document.objects.create(url=url, title=title)
