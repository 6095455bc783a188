"""A page that nobody changed costs one small query; a change, or an instant that passes, makes it anew."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from records.publication import edition
from records.publication.edition import Edition, Instant
from tests import make
from tests.publication.attack import execute

pytestmark = pytest.mark.django_db(transaction=True)

# Tables that a view of the public reads, as the database knows them.
READ = """
SELECT DISTINCT t.relname::text FROM pg_class v
JOIN pg_namespace n ON n.oid = v.relnamespace AND n.nspname = 'disclosed'
JOIN pg_rewrite r ON r.ev_class = v.oid JOIN pg_depend d ON d.objid = r.oid
JOIN pg_class t ON t.oid = d.refobjid AND t.relkind = 'r'
JOIN pg_namespace p ON p.oid = t.relnamespace AND p.nspname = 'public' WHERE v.relname <> 'edition'
"""
MARKED = """
SELECT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname LIKE '%%_edition'
"""
TIMED = """
SELECT table_name::text FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'hide_at' AND table_name <> 'records_proposal'
"""
INSTANTS = (
    "SELECT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE %s"
)


def names(sql: str, *parameters) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {name for (name,) in cursor.fetchall()}


def again(client, answer):
    """The same page asked for by somebody who has it."""
    headers = {"If-None-Match": answer["ETag"]}
    return client.get(answer.request["PATH_INFO"], headers=headers)


@pytest.fixture
def decision():
    return make.published_penalty(respondent="Copper Kettle Ltd")


def test_every_table_that_the_public_reads_leaves_a_mark():
    assert names(READ) <= names(
        MARKED,
    )
    for event in ("insert", "update"):
        assert names(TIMED) == names(INSTANTS, f"%_instant_{event}")


def test_a_page_that_nobody_changed_costs_one_query(client, decision, django_assert_num_queries):
    page = client.get(decision.get_absolute_url())
    with django_assert_num_queries(1, using="public"):
        answer = again(client, page)
    assert answer.status_code == 304 and not answer.content
    assert answer["ETag"] == page["ETag"] and "max-age=0" in answer["Cache-Control"]


def test_a_change_anywhere_makes_it_anew(client, decision):
    page = client.get(decision.get_absolute_url())
    make.published_penalty()
    assert again(client, page).status_code == 200


def test_what_is_withdrawn_is_not_kept_by_whoever_has_it(client, decision):
    page = client.get(decision.get_absolute_url())
    decision.withdraw(make.user("checker", decision.authority), "Annulled.", "annulled", make.document())
    answer = again(client, page)
    assert answer.status_code == 200 and "Copper Kettle" not in answer.content.decode()


def test_an_instant_that_passes_makes_it_anew_without_any_change(client, decision):
    assert Instant.objects.filter(at=decision.hide_at).exists()
    page = client.get(decision.get_absolute_url())
    # The instant of its end is now in the past, and no row of the decision was touched.
    execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
    execute(
        "UPDATE records_penalty SET publish_at = now() - interval '2 days', hide_at = now() WHERE id = %s",
        decision.pk,
    )
    execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    execute("UPDATE records_instant SET at = now() - interval '1 second'")
    assert again(client, page).status_code == 410


def test_a_transaction_leaves_one_mark_and_none_where_it_is_taken_back():
    before = Edition.objects.count()
    with transaction.atomic():
        make.business("One Ltd")
        make.business("Two Ltd")
    assert Edition.objects.count() == before + 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.business("Three Ltd")
        raise ZeroDivisionError
    assert Edition.objects.count() == before + 1


def test_old_marks_are_added_up_and_the_tag_stays(client, decision):
    Instant.objects.create(at=timezone.now() - timedelta(days=2))
    Instant.objects.create(at=timezone.now() - timedelta(days=1))
    Edition.objects.update(at=timezone.now() - timedelta(hours=3))
    page = client.get(decision.get_absolute_url())
    for _turn in range(2):
        edition.compact()
        assert Edition.objects.count() == 1
        assert again(client, page).status_code == 304
    ends = list(Instant.objects.values_list("at", flat=True))
    assert len(ends) == len(set(ends)) and sum(at <= timezone.now() for at in ends) == 1


def test_pages_of_two_hosts_and_of_two_addresses_have_different_tags(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    tags = {client.get(path, headers={"host": host})["ETag"] for path in ("/help/", "/data/")
            for host in ("a.example.org", "b.example.org")}  # fmt: skip
    assert len(tags) == 4
