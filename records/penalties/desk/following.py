"""What a form begins with when it follows another: what the next decision probably shares with the last."""

from records.penalties.desk.draft import Draft

KEPT = ("decided_on", "domain", "law", "remedy", "language")


def begin_like_the_last(request, draft: Draft) -> str:
    """Give a new draft what it has in common with the decision named by `after`, if that is the person's own.

    Returns the currency of that decision, "" of none.
    """
    last = _last(request, draft)
    if last is None:
        own = draft.authority.domains
        draft.content.domain = own[0] if len(own) == 1 else ""
        return ""
    for name in KEPT:
        setattr(draft.content, name, getattr(last, name))
    return next((row.currency for row in last.parts().sanctions if row.currency), "")


def _last(request, draft: Draft):
    asked = request.GET.get("after", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= 18):
        return None
    own = type(draft.content)._base_manager.filter(entered_by=request.user, authority=draft.authority)
    return own.filter(pk=int(asked)).select_related("law").first()
