"""The decision tables that lie beside the checkout, and how their wording reads as inputs."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("PLACARD_SHARED") or CHECKOUT.parent / "shared")
TABLES = SHARED / "reference" / "tables"


def rows(name: str) -> list:
    """One parameter per row of a table, named by its number; a skipped one where the table is absent."""
    path = TABLES / name
    if not path.is_file():
        reason = f"no decision tables: {path} is absent (PLACARD_SHARED names another folder)"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    with path.open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{path.stem}-{row['#']}") for row in csv.DictReader(file)]


def fhrs_inputs(row: dict) -> dict:
    return {key: int(row[key]) for key in ("hygiene", "structural", "confidence")}


def nyc_inputs(row: dict) -> dict:
    inputs = {"inspection": row["inspection"], "closed": row["closed"] == "yes"}
    if row["score"]:
        inputs["score"] = float(row["score"])
    if row["hearing"] != "-":
        inputs["hearing"] = row["hearing"]
    if row["score after hearing"]:
        inputs["score_after_hearing"] = int(row["score after hearing"])
    return inputs


# the words of nyc.csv, and what they are in the scheme
NYC_GRADES = {
    "A": {"A"},
    "B": {"B"},
    "C": {"C"},
    "none": {"reinspection_due", "not_yet_inspected", "closed_by_order"},
    "none yet": {"grade_pending"},
    "unchanged": {"grade_unchanged"},
}
NYC_CARDS = {
    "A": "A",
    "B": "B",
    "C": "C",
    "unchanged": "unchanged",
    "none": "none",
    "closure sign only": "closure_sign",
    "B or Grade Pending": "b_or_grade_pending",
    "C or Grade Pending": "c_or_grade_pending",
}

HAPPY = {"results": [1], "last_reports": [1, 1, 1, 1]}
SMILEY_2008, SMILEY_2022 = ("dk-smiley", date(2015, 6, 1)), ("dk-smiley", date(2023, 6, 1))
DINESAFE, SAFE, LA = ("ca-toronto", None), ("sg-safe", None), ("us-la-county", None)
DYNAMIC, RISK = ("cn-catering-dynamic", None), ("cn-food-risk", None)
REFUSED = "refused"


def dinesafe(minor: int, significant: int, crucial: int) -> dict:
    return {"minor": minor, "significant": significant, "crucial": crucial}


def safe(licensed: float, good: float, **more: bool) -> dict:
    return {"years_licensed": licensed, "years_of_good_record": good, **more}


# the wording of other_schemes.csv: scheme and input -> (scheme, day), inputs, value or status
OTHER = {
    ("LA County", "score 100"): (LA, {"score": 100}, "A"),
    ("LA County", "score 90"): (LA, {"score": 90}, "A"),
    ("LA County", "score 89"): (LA, {"score": 89}, "B"),
    ("LA County", "score 80"): (LA, {"score": 80}, "B"),
    ("LA County", "score 79"): (LA, {"score": 79}, "C"),
    ("LA County", "score 70"): (LA, {"score": 70}, "C"),
    ("LA County", "score 69"): (LA, {"score": 69}, "score_only"),
    ("LA County", "score 101"): (LA, {"score": 101}, REFUSED),
    ("Toronto DineSafe", "no infraction"): (DINESAFE, dinesafe(0, 0, 0), "pass"),
    ("Toronto DineSafe", "minor only"): (DINESAFE, dinesafe(2, 0, 0), "pass"),
    ("Toronto DineSafe", "at least 1 significant, 0 crucial"): (
        DINESAFE,
        dinesafe(0, 1, 0),
        "conditional_pass",
    ),
    ("Toronto DineSafe", "at least 1 crucial"): (DINESAFE, dinesafe(0, 0, 1), "closed"),
    ("Toronto DineSafe", "3 significant + 1 crucial"): (DINESAFE, dinesafe(0, 3, 1), "closed"),
    ("Denmark (since 2022)", "worst result 1 (no remarks)"): (SMILEY_2022, {"results": [1]}, "happy"),
    ("Denmark (since 2022)", "worst result 2 (enjoining order)"): (SMILEY_2022, {"results": [2]}, "middle"),
    ("Denmark (since 2022)", "worst result 3 (injunction / prohibition)"): (
        SMILEY_2022,
        {"results": [3]},
        "middle",
    ),
    ("Denmark (since 2022)", "worst result 4 (fine, police report, approval withdrawn)"): (
        SMILEY_2022,
        {"results": [4]},
        "sour",
    ),
    ("Denmark (since 2022)", "areas 1,1,3,1"): (SMILEY_2022, {"results": [1, 1, 3, 1]}, "middle"),
    ("Denmark (2008 to 2022-03-31)", "last 4 reports happy, no remark in 12 months"): (
        SMILEY_2008,
        HAPPY | {"months_since_remark": 12},
        "elite",
    ),
    ("Denmark (2008 to 2022-03-31)", "last 4 reports happy, remark 11 months ago"): (
        SMILEY_2008,
        HAPPY | {"months_since_remark": 11},
        "happy",
    ),
    # the history is no component any more: only the results are
    ("Denmark (after 2022-03-31)", "last 4 reports happy, no remark in 12 months"): (
        ("dk-smiley", date(2022, 4, 1)),
        {"results": [1]},
        "happy",
    ),
    ("Singapore SAFE phase 1", "licensed under 1 year"): (SAFE, safe(0.9, 0.9), "NEW"),
    ("Singapore SAFE phase 1", "1 to 3 years good record"): (SAFE, safe(6, 3), "B"),
    ("Singapore SAFE phase 1", "more than 3 years good record"): (SAFE, safe(6, 3.003), "A"),
    ("Singapore SAFE phase 1", "8 years good record, then licence suspended by demerit points"): (
        SAFE,
        safe(8, 8, suspended=True),
        "C",
    ),
    ("Singapore SAFE phase 1", "conviction for a food safety offence"): (
        SAFE,
        safe(5, 5, convicted=True),
        "C",
    ),
    ("China catering, dynamic (Hainan scale)", "9.0"): (DYNAMIC, {"score": 9.0}, "excellent"),
    ("China catering, dynamic (Hainan scale)", "8.9"): (DYNAMIC, {"score": 8.9}, "good"),
    ("China catering, dynamic (Hainan scale)", "7.5"): (DYNAMIC, {"score": 7.5}, "good"),
    ("China catering, dynamic (Hainan scale)", "7.4"): (DYNAMIC, {"score": 7.4}, "fair"),
    ("China catering, dynamic (Hainan scale)", "6.0"): (DYNAMIC, {"score": 6.0}, "fair"),
    ("China catering, dynamic (Hainan scale)", "5.9"): (DYNAMIC, {"score": 5.9}, "below_pass"),
    ("China catering, dynamic (Hainan scale)", "9.5 with 2 failed key items"): (
        DYNAMIC,
        {"score": 9.5, "failed_key_items": 2},
        "failed_key_items",
    ),
    ("China catering, dynamic", "licence issued 2 months ago"): (
        DYNAMIC,
        {"score": 9.5, "months_since_licence": 2},
        "new_licence",
    ),
    ("China catering, dynamic", "caused a food safety incident 5 months ago"): (
        DYNAMIC,
        {"score": 9.5, "months_since_incident": 5},
        "recent_incident",
    ),
    ("China food risk class (2016)", "A"): (RISK, "A", (1, None)),
    ("China food risk class (2016)", "B"): (RISK, "B", (1, 2)),
    ("China food risk class (2016)", "C"): (RISK, "C", (2, 3)),
    ("China food risk class (2016)", "D"): (RISK, "D", (3, 4)),
}
# the first words of the expectation in the table, for each result above
OTHER_EXPECTED = {
    "A": "A",
    "B": "B",
    "C": "C",
    "NEW": "NEW",
    "score_only": "no letter: the number 69 is shown",
    REFUSED: "INVALID",
    "pass": "Pass",
    "conditional_pass": "Conditional Pass; re-inspect in 24-48 h",
    "closed": "Closed",
    "happy": "happy",
    "middle": "middle",
    "sour": "sour",
    "elite": "happy + elite",
    "excellent": "excellent / big smile",
    "good": "good / smile",
    "fair": "fair / flat face",
    "below_pass": "no grade, order to correct",
    "failed_key_items": "no grade",
    "new_licence": "no grade yet (3-month rule)",
    "recent_incident": "no grade (6-month rule)",
    (1, None): "at least 1 inspection a year",
    (1, 2): "1 to 2 a year",
    (2, 3): "2 to 3 a year",
    (3, 4): "3 to 4 a year",
}
