"""A database of its own for measuring, made like the one of the tests and dropped afterwards."""

from contextlib import contextmanager

from django.db import connections


@contextmanager
def database():
    """Both aliases look at a fresh, migrated database while this lasts."""
    owner, public = connections["default"], connections["public"]
    before = owner.settings_dict["NAME"], public.settings_dict["NAME"]
    owner.settings_dict["TEST"]["NAME"] = "placard_bench"
    name = owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    public.close()
    public.settings_dict["NAME"] = name
    try:
        yield
    finally:
        public.close()
        public.settings_dict["NAME"] = before[1]
        owner.creation.destroy_test_db(before[0], verbosity=0)


def emptied(cursor) -> None:
    """The register as it was before the first import; the schemes and rule sets stay.

    Numbers begin anew, so that what was staged before still names the same rows.
    """
    cursor.execute(
        "TRUNCATE records_establishment, records_establishmentversion, records_establishmentalias, "
        "records_inspection, records_finding, records_rating, records_reply, records_batch, "
        "records_batchscope, records_importproblem, records_business, records_businessidentifier, "
        "records_transition, records_word, records_authority, records_law, records_violationtype, "
        "records_document RESTART IDENTITY CASCADE"
    )
