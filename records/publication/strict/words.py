"""A text of a file in each of its languages."""


class Words(dict[str, str]):
    """The same text in the languages of a file; call it to get one of them.

    `words("cy")` gives Welsh; an unknown language falls back to its first part ("en-gb" to "en"), then to the
    first language of the file. Without a language the one Django has active is used, so that a template can
    write `{{ value.label }}`.
    """

    def __call__(self, language: str | None = None) -> str:
        wanted = (language or _active_language()).lower()
        for name in (wanted, wanted.split("-")[0]):
            if name in self:
                return self[name]
        return next(iter(self.values()), "")

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __reduce__(self):
        return (Words, (dict(self),))


NO_WORDS = Words()


def _active_language() -> str:
    from django.conf import settings
    from django.utils.translation import get_language

    return (get_language() or "") if settings.configured else ""
