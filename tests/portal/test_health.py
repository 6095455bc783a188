import pytest
from django.db import OperationalError, connections


@pytest.mark.django_db
def test_health_answers_ok_when_both_connections_answer(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "public": "ok", "office": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("alias", "word"), [("public", "public"), ("default", "office")])
def test_health_answers_503_without_details_when_one_connection_fails(
    client, monkeypatch, caplog, alias, word
):
    def refuse(*args, **kwargs):
        raise OperationalError("connection to server at 10.1.2.3 failed: password of placard is wrong")

    monkeypatch.setattr(connections[alias], "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()[word] == response.json()["status"] == "unavailable"
    assert b"10.1.2.3" not in response.content
    assert "10.1.2.3" in caplog.text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_health_is_read_only(client):
    assert client.post("/healthz").status_code == 405
