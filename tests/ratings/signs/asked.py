"""What tests of signs, of their badges and of the answers to their codes share."""

import re
from datetime import timedelta
from html import unescape

from django.utils import timezone
from lxml import etree

from records.ratings.models import Rating
from records.ratings.signs.codes import code_of
from tests import make


def text(content):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content))).strip()


def standing(place, **facts):
    return Rating.objects.filter(establishment=place, **facts).order_by("-pk").first()


def sign(client, place, scheme="uk-fhrs"):
    response = client.get(f"/signs/{place.reference}/{scheme}/")
    assert response.status_code == 200
    return response.content.decode()


def verified(client, rating, status=200):
    response = client.get(f"/verify/{code_of(rating.pk)}")
    assert response.status_code == status
    return response


def badge(client, place, scheme="uk-fhrs"):
    response = client.get(f"/signs/{place.reference}/{scheme}/badge.svg")
    root = etree.fromstring(response.content)
    return response, " ".join("".join(node.itertext()) for node in root.iter("{*}text", "{*}title"))


def replace(rating, key):
    """A newer rating in the place of one."""
    then = timezone.now() - timedelta(seconds=30)
    Rating.objects.filter(pk=rating.pk).update(
        state="superseded", ended_at=then, end_reason="A newer inspection was published."
    )
    return make.rating(rating.establishment, key=key, rated_on=timezone.localdate(), publish_at=then)
