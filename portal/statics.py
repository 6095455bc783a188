"""Static files as they are served: hashed, compressed, and the stylesheets of every page as one file.

On a slow line each file costs more than what is in it. While debugging and in tests pages link the single
ones, in the same order.
"""

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED = "css/site.css"


class Storage(CompressedManifestStaticFilesStorage):
    """What `collectstatic` fills."""

    stylesheets = (JOINED,)
    """What pages link in place of SITE_STYLESHEETS."""

    def post_process(self, paths, dry_run=False, **options):
        """Join first, so that the file is hashed and compressed as all others."""
        if not dry_run:
            texts = [self.open(name).read().decode() for name in settings.SITE_STYLESHEETS]
            self.delete(JOINED)
            self.save(JOINED, ContentFile("\n".join(texts).encode()))
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)
