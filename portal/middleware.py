"""Keeps sessions inside the back office: no public page sets or reads a cookie, and all can be cached."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware


class _OfficeOnly:
    """Passes every request by that does not go to the back office."""

    def __call__(self, request):
        if request.path_info.startswith(settings.OFFICE_PATH):
            return super().__call__(request)
        return self.get_response(request)


class OfficeSession(_OfficeOnly, SessionMiddleware):
    """`request.session` in the back office, absent elsewhere."""


class OfficeAuthentication(_OfficeOnly, AuthenticationMiddleware):
    """`request.user` in the back office; elsewhere templates see an anonymous user."""


class OfficeMessages(_OfficeOnly, MessageMiddleware):
    """One-time messages in the back office."""


def permissions_policy(get_response):
    """Sends Permissions-Policy: pages may ask where the reader is (near me), never for a camera."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "geolocation=(self), camera=(), microphone=(), payment=(), browsing-topics=()",
        )
        return response

    return middleware


def errors_are_kept_by_nobody(get_response):
    """Sends no-store with every error: what is not there yet, or not just now, may be there in a minute."""

    def middleware(request):
        response = get_response(request)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
