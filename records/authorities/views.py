"""The public pages of authorities: who decides, for what, and how to reach them."""

from django.shortcuts import get_object_or_404, render

from records.authorities.models import Authority
from records.intake.models import BatchScope


def tree(request):
    """All authorities, the parts under the whole."""
    return render(
        request, "records/authorities/list.html", {"tree": _branches(list(Authority.objects.public()))}
    )


def detail(request, slug):
    """One authority: what it does, how to reach it, what of it is here and how fresh that is."""
    authority = get_object_or_404(Authority.objects.public().select_related("parent"), slug=slug)
    loads = BatchScope.objects.public().filter(authority_code=authority.code).select_related("batch")
    context = {
        "authority": authority,
        "children": authority.children.public(),
        "identifiers": authority.identifiers.public(),
        "loads": loads.order_by("-batch_id")[:5],
    }
    return render(request, "records/authorities/detail.html", context)


def _branches(authorities, parent_id=None):
    """Nested pairs of an authority and its branches, each level by name."""
    return [
        (authority, _branches(authorities, authority.pk))
        for authority in authorities
        if authority.parent_id == parent_id
    ]
