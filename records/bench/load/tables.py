"""The big tables and their columns as COPY fills them."""

TABLES = {
    "records_business": "id, reference, name, name_published, kind, country",
    "records_establishment": (
        "id, reference, name, name_published, kind, kind_published, address, postcode, phone, "
        "address_visibility, latitude, longitude, geocode_quality, source, source_id, local_id, "
        "publish_at, recorded_at, authority_id, batch_id, business_id"
    ),
    "records_inspection": (
        "id, source_id, kind, inspected_on, scores, version_id, value_published, outcome, state, "
        "publish_at, recorded_at, batch_id, establishment_id"
    ),
    "records_rating": (
        "id, value, status, computed, by_source, rated_on, pending, state, publish_at, recorded_at, "
        "end_reason, batch_id, establishment_id, inspection_id, scheme_id, version_id"
    ),
    "records_document": "id, title, file_name, media_type, sha256, url, recorded_at",
    "records_penaltysanction": (
        "id, penalty_id, version, position, kind, amount, currency, amount_text, duration, licence, text"
    ),
    "records_penaltycitation": "id, penalty_id, version, position, role, law_id, provision_id, text",
    "records_penaltyviolation": "id, penalty_id, version, position, violation_id",
    "records_penaltyevent": (
        'id, penalty_id, kind, "on", amount, currency, note, batch_id, confirmed_at, recorded_at'
    ),
    "records_penalty": (
        "id, reference, decision_number, decided_on, respondent, respondent_kind, premises, domain, "
        "law_id, basis_rank, legal_basis, facts, sanction_kinds, procedure, seriousness, served_on, "
        "notice_served_on, anchor_on, remedy, language, authority_id, business_id, establishment_id, "
        "document_id, hide_at, publish_at, published_at, approved_at, version_at, recorded_at, imposed, "
        "owed, currency, fine_state, appeal, due_on, batch_id, rule_version_id, under_18, "
        "public_security, harm_removed, necessity_note, person_rule, proportionality_note, "
        "overrule_reason, overrule_of, source_id, state, version, refused_gate"
    ),
}
"""In the order in which a block is written: what is pointed at before what points."""

BIG = (*TABLES, "records_indexcard", "records_spot")
"""With the index cards and spots, which the database makes of the others."""

CONSTANTS = "f\tf\tf\t\t\t\t\t\t\tpublished\t1\t"
"""The columns of a decision that say the same of all, from `under_18` on."""

KINDS = {
    "businesses": ("records_business",),
    "establishments": ("records_establishment", "records_inspection", "records_rating"),
    "penalties": tuple(TABLES)[4:],
}
"""What a block of a kind fills."""

NULL = "\\N"


def money(cents: int | None) -> str:
    """An amount as COPY reads it."""
    return NULL if cents is None else f"{cents // 100}.{cents % 100:02}"


def copy(cursor, rows: dict[str, list[str]]) -> None:
    """Write the lines of each table."""
    for table, lines in rows.items():
        if lines:
            with cursor.copy(f"COPY {table} ({TABLES[table]}) FROM STDIN") as stream:
                stream.write("\n".join([*lines, ""]))
