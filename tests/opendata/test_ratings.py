"""The search of ratings as files: a row for each current rating, and of a private home no address."""

import csv
import io

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def table(client, query="") -> list[dict]:
    """The rows of the CSV as a spreadsheet has them."""
    answer = client.get(f"/ratings.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_every_establishment_of_the_page_is_in_the_table(client, world):
    rows = table(client, "?authority=almond-borough&sort=name")
    page = client.get("/ratings/?authority=almond-borough&sort=name")
    listed = {row.reference for row in page.context["page"].rows}
    assert listed <= {row["reference"] for row in rows}
    assert len({row["reference"] for row in rows}) == page.context["search"].count.number
    names = [row["name"] for row in rows]
    assert names == sorted(names)


def test_a_row_has_its_scheme_grade_and_dates_and_never_two_grades(client):
    place = make.establishment(name="The Copper Kettle", address="12 Mill Lane\nAlmond")
    make.rating(place, key="5")
    make.rating(place, scheme="us-nyc", key="A")
    make.establishment(name="Never Inspected")
    rows = {(row["name"], row["scheme"]): row for row in table(client)}
    assert set(rows) == {
        ("The Copper Kettle", "uk-fhrs"), ("The Copper Kettle", "us-nyc"), ("Never Inspected", ""),
    }  # fmt: skip
    assert rows["The Copper Kettle", "uk-fhrs"]["grade"] == "5"
    assert rows["The Copper Kettle", "us-nyc"]["address"] == "12 Mill Lane, Almond"


def test_a_private_home_has_no_address_in_a_file(client):
    make.establishment(
        name="Cakes", address="7 Hidden Row", address_visibility="withheld", postcode="AB1 2CD"
    )
    (row,) = table(client)
    assert (row["address"], row["postcode"], row["latitude"]) == ("", "", "")
    assert "Hidden" not in client.get("/ratings.json").content.decode()


def test_json_has_the_same_rows_as_the_page(client, world):
    found = client.get("/ratings.json?authority=almond-borough&sort=name").json()
    page = client.get("/ratings/?authority=almond-borough&sort=name")
    assert list(dict.fromkeys(row["reference"] for row in found["rows"])) == [
        row.reference for row in page.context["page"].rows
    ]
    assert client.get("/ratings.atom").status_code == 404
