"""What the guard makes of the texts of real authorities: what stands there, and nothing else.

Real texts are never quoted here; a count says what was expected and why.
"""

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter

import pytest

from records.publication import guard


def rows(shared_folder, name):
    with gzip.open(shared_folder / "data" / name, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def lines(path, opener=open):
    with opener(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def kinds(texts):
    """How often each kind is found in the texts, each text once; and in how many texts something is."""
    found = [guard.scan(text) for text in set(texts)]
    return Counter(one.kind for places in found for one in places)


def test_nothing_is_found_in_chinese_decisions_that_are_masked_already(shared_folder):
    """Their numbers of decisions and reports, amounts, dates, masked codes and addresses are nobody's."""
    decisions = lines(shared_folder / "data" / "cn_samr_decisions_14.jsonl")
    texts = [text for decision in decisions for text in decision.values() if isinstance(text, str)]
    texts += [text for decision in decisions for text in (*decision["laws"], *decision["fines"])]
    assert len(decisions) == 14
    assert kinds(texts) == {}


def test_no_code_of_a_company_is_taken_for_a_person_s(shared_folder):
    for name in ("cn_uscc_valid.csv", "cn_uscc_invalid.csv"):
        text = (shared_folder / "data" / name).read_text(encoding="utf-8")
        assert kinds([text, *text.splitlines(), *text.replace(",", "\n").split("\n")]) == {}


@pytest.mark.parametrize(
    "name",
    [
        "us_ma_ago_fairlabor_citations_2015-2022.csv.gz",
        "us_fda_warning_letters.csv.gz",
        "us_ofac_penalties_2003-2018.csv.gz",
        "us_osha_illumination_citations_no_names.csv.gz",
    ],
)
def test_nothing_is_found_in_american_penalties(shared_folder, name):
    """Every column of them: companies, statutes, amounts, dates, numbers of citations, addresses of pages."""
    assert kinds(text for row in rows(shared_folder, name) for text in row.values() if text) == {}


def test_nothing_is_found_in_the_decisions_of_the_treasury(shared_folder):
    """231 documents of a million characters, tables and prose: persons in them have no numbers."""
    documents = lines(shared_folder / "data" / "us_ofac_documents_2003-2018.jsonl.gz", gzip.open)
    assert kinds(document["pdf_text"] or "" for document in documents) == {}


def test_nothing_is_found_in_the_findings_of_new_york(shared_folder):
    findings = rows(shared_folder, "us_nyc_dohmh_sample_5000.csv.gz")
    assert kinds(row["VIOLATION DESCRIPTION"] for row in findings) == {}


def test_nothing_is_found_in_the_findings_of_wake_county(shared_folder):
    """122,732 descriptions."""
    with zipfile.ZipFile(shared_folder / "data" / "us_wake_county_lives_2016-05-18.zip") as archive:
        text = io.StringIO(archive.read("violations.csv").decode("cp1252"), newline="")
        assert kinds(row["description"] for row in csv.DictReader(text)) == {}


def test_a_telephone_and_an_e_mail_address_of_wake_county_are_found(shared_folder):
    """The feed names an address to write to, and the businesses have their telephones in a column."""
    with zipfile.ZipFile(shared_folder / "data" / "us_wake_county_lives_2016-05-18.zip") as archive:
        feed = archive.read("feed_info.csv").decode("cp1252")
        places = io.StringIO(archive.read("businesses.csv").decode("cp1252"), newline="")
        businesses = list(csv.DictReader(places))
    assert kinds([feed]) == {"email": 1}
    names = kinds(
        text for row in businesses for column in ("name", "address", "city") for text in [row[column]]
    )
    assert names == {}
    telephones = [f"Tel. {row['phone_number']}" for row in businesses if row["phone_number"]]
    found = sum(bool(guard.scan(text)) for text in telephones)
    assert found > 0.999 * len(telephones)


def test_british_names_and_addresses_are_left_alone(shared_folder):
    """Three authorities, every name and line of an address."""
    texts = set()
    for number in ("075", "501", "807"):
        with gzip.open(
            shared_folder / "data" / f"FHRS{number}en-GB.xml.gz", "rt", encoding="utf-8"
        ) as stream:
            texts |= set(re.findall(r"<(?:BusinessName|AddressLine[1-4])>([^<]+)", stream.read()))
    assert len(texts) > 8000
    assert kinds(texts) == {}
