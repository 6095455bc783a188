"""The places of the test world, by name: what is special about each stands beside it."""

from datetime import date, timedelta

from records.demo.table import row
from records.intake.rows import Finding, Row, Visit

AUTHORITIES = (
    {"code": "ALM", "slug": "almond-borough", "name": "Almond Borough Council", "country": "GB-ENG"},
    {"code": "GLW", "slug": "cyngor-glanwyrdd", "name": "Cyngor Glanwyrdd Council", "country": "GB-WLS"},
    {"code": "STR", "slug": "strathpell", "name": "Strathpell Council", "country": "GB-SCT"},
    {"code": "PIN", "slug": "pinehaven", "name": "City of Pinehaven", "country": "US-NY"},
    {"code": "LIL", "slug": "lillestrup", "name": "Lillestrup Kommune", "country": "DK"},
    {"code": "YUN", "slug": "云泽市市场监督管理局", "name": "云泽市市场监督管理局", "country": "CN"},
)
for _authority in AUTHORITIES:
    _authority |= {
        "domains": ["food-safety"],
        "time_zone": "UTC",
        "email": f"food@{_authority['code'].lower()}.example.org",
        "website": f"https://{_authority['code'].lower()}.example.org/",
    }

REPLY = (
    "&lt;p&gt;We have replaced the fridge &amp;amp; trained our staff.&lt;/p&gt;"
    "&lt;p&gt;Please visit us.&lt;/p&gt;"
)
FHRS_SCORES = {
    5: (5, 5, 5),
    4: (5, 5, 10),
    3: (10, 10, 10),
    2: (15, 10, 10),
    1: (15, 15, 20),
    0: (20, 20, 20),
}


def fhrs(day: date, grade: int, findings=(), **more) -> Visit:
    """A visit under uk-fhrs whose scores make the grade."""
    scores = dict(zip(("hygiene", "structural", "confidence"), map(str, FHRS_SCORES[grade]), strict=True))
    return Visit(f"I{day:%Y%m%d}", "Routine", day.isoformat(), scores, findings=tuple(findings), **more)


def visit(day: date, kind: str = "Routine", findings=(), **scores) -> Visit:
    """A visit with these scores."""
    texts = {key: str(value) for key, value in scores.items()}
    return Visit(f"I{day:%Y%m%d}", kind, day.isoformat(), texts, findings=tuple(findings))


FOUND = (
    Finding("H3", "Cooked rice stood at 21 degrees.", "critical"),
    Finding("S1", "A tile behind the sink was cracked.", "not_critical"),
    Finding("M2", "The cleaning record had gaps in two weeks.", "not_critical"),
)


def place_files(today: date) -> tuple[dict[str, Row], ...]:
    """The three weekly files, oldest first: rows by name."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    steady = _almond(ago) | _others(ago) | _crowd(ago)
    lantern = steady["renamed"]
    upward = _uk("upward", "The Green Ladle", ago(400), 2)
    corrected = _uk("corrected", "The Weighing House", ago(90), 3)
    one = steady | {
        "vanished": _uk("vanished", "The Vanishing Pantry", ago(300), 4),
        "returned": _uk("returned", "The Comet Grill", ago(350), 5),
        "renamed": lantern._replace(name="The Old Lantern"),
        "superseded": upward,
        "corrected": corrected,
    }
    two = {name: place for name, place in one.items() if name not in ("vanished", "returned")}
    three = two | {
        "returned": one["returned"],
        "renamed": lantern,
        "superseded": upward._replace(visits=(*upward.visits, fhrs(ago(10), 5))),
        "corrected": corrected._replace(visits=(fhrs(ago(90), 4),)),
    }
    return one, two, three


def _uk(number: str, name: str, day: date, grade: int, **more) -> Row:
    """A restaurant of Almond Borough with one visit."""
    facts = {
        "authority": "ALM", "kind": "Restaurant/Cafe/Canteen", "address": ("3 Quince Street", "Almond"),
        "postcode": "QA1 2BC", "latitude": "51.1500", "longitude": "-6.3000", "visits": (fhrs(day, grade),),
    }  # fmt: skip
    return row(f"ALM-{number}", name, "uk-fhrs", **facts | more)


def _almond(ago) -> dict[str, Row]:
    """Special cases under the United Kingdom's food hygiene ratings."""
    kettle = (fhrs(ago(1500), 5), fhrs(ago(800), 3), fhrs(ago(190), 4, FOUND))
    chain = {"company": "Almond Table Ltd", "company_scheme": "gb-coh", "company_id": "99000001"}
    return {
        # rating 4 with three findings, earlier 3 and 5
        "copper_kettle": _uk("kettle", "The Copper Kettle", ago(190), 4, visits=kettle,
            address=("12 Mill Lane", "Almond"), postcode="QA1 2CD", phone="01632 960123"),
        # the address and all that leads to it is withheld: it is somebody's home
        "private_home": _uk("home", "Bramble Bakes", ago(200), 5, kind="Mobile caterer", phone="01632 960999",
            address=("9 Hidden Close",), postcode="QA3 7XY", latitude="51.1777", longitude="-6.2777",
            address_visibility="withheld"),
        # only the district of the postcode is shown
        "area_only": _uk("area", "Little Acorns Nursery", ago(220), 5, address=("4 Veiled Row",),
            kind="Hospitals/Childcare/Caring Premises", postcode="QA4 5ZZ", address_visibility="area"),
        "closed": _uk("closed", "The Closed Larder", ago(500), 3, closed_on=ago(60).isoformat()),
        # inspected again, the new rating is not shown yet
        "pending": _uk("pending", "The Patient Oyster", ago(700), 2, pending=True),
        "awaiting": _uk("awaiting", "The New Broom", ago(1), 5, visits=(), standing="AwaitingInspection",
            opened_on=ago(20).isoformat()),
        "exempt": _uk("exempt", "Corner News", ago(1), 5, visits=(), standing="Exempt", kind="Shop"),
        # the source publishes 3 although its own scores make 5
        "by_source": _uk("by-source", "The Stubborn Mule", ago(150), 5, standing="3",
            rated_on=ago(150).isoformat()),
        "with_reply": _uk("reply", "The Frank Answer", ago(120), 1, reply=REPLY),
        # called The Old Lantern in the first two files
        "renamed": _uk("renamed", "The New Lantern", ago(310), 4),
        "accented": _uk("accented", "Café Crème Brûlée", ago(130), 5),
        # published with a broken encoding; displayed as Jackie’s Kitchen
        "mojibake": _uk("mojibake", "Jackieâ€™s  Kitchen", ago(140), 4),
        # no address, no postcode, no coordinates, and no reason given
        "without_address": _uk("nowhere", "The Drifting Spoon", ago(160), 4, address=(), postcode="",
            latitude="", longitude=""),
        # two places of one company
        "with_company": _uk("chain-1", "Table One", ago(170), 5, **chain),
        "same_company": _uk("chain-2", "Table Two", ago(180), 0, **chain),
        # in the register, and not public
        "hidden": _uk("hidden", "Unpublished Sentinel", ago(100), 1),
    }  # fmt: skip


def _others(ago) -> dict[str, Row]:
    """Other schemes and languages."""
    points = (Finding("T1", "Cold food stood at 9 degrees.", "critical", "7"),
              Finding("D2", "Wiping cloths lay dry.", "not_critical", "4"))  # fmt: skip
    warm = (Finding("3", "凉菜间温度为28℃。", "critical"),)
    caffi = (fhrs(ago(600), 4), fhrs(ago(110), 5))
    second = (visit(ago(75), "First visit", (), inspection="initial", score=21),
              visit(ago(40), "Second visit", (), inspection="re", score=18))  # fmt: skip
    return {
        "welsh": row("GLW-1", "Caffi’r Tŷ Gwyn", "uk-fhrs", authority="GLW", kind="Restaurant/Cafe/Canteen",
            address=("7 Heol y Farchnad", "Glanwyrdd"), postcode="QW2 4AA", latitude="51.21",
            longitude="-6.42", visits=caffi, reply="Diolch am yr adroddiad. Mae popeth yn ei le erbyn hyn."),
        # a word on a plate
        "plate": row("STR-1", "The Thistle Tearoom", "uk-fhis", authority="STR", kind="Restaurant",
            address=("1 Larch Brae", "Strathpell"), postcode="QS5 1AA", latitude="51.3", longitude="-6.1",
            visits=(visit(ago(260), outcome="pass_and_eat_safe"),)),
        "improvement": row("STR-2", "The Sooty Griddle", "uk-fhis", authority="STR", kind="Takeaway",
            address=("2 Larch Brae", "Strathpell"), postcode="QS5 1AA",
            visits=(visit(ago(100), outcome="improvement_required"),)),
        # a letter, with points
        "letter": row("PIN-1", "BLUE HERON DINER", "us-nyc", authority="PIN", kind="Restaurant",
            address=("101 Alder Avenue",), postcode="00801", latitude="51.0500", longitude="-6.5500",
            visits=(visit(ago(150), "First visit", points, inspection="initial", score=11),)),
        "letter_b": row("PIN-2", "TIN ROOF TAQUERIA", "us-nyc", authority="PIN", kind="Restaurant",
            address=("55 Alder Avenue",), postcode="00801", visits=second),
        # an A at a first visit is due again after 13 months; this one is 900 days old
        "overdue": row("PIN-3", "SLOW SUNDIAL LUNCH", "us-nyc", authority="PIN", kind="Restaurant",
            address=("77 Alder Avenue",), postcode="00801",
            visits=(visit(ago(900), "First visit", (), inspection="initial", score=5),)),
        "grade_pending": row("PIN-4", "THE LAST APPEAL BAR", "us-nyc", authority="PIN", kind="Bar",
            address=("88 Alder Avenue",), postcode="00801",
            visits=(visit(ago(30), "Second visit", (), inspection="re", score=30, hearing="pending"),)),
        # a face
        "face": row("LIL-1", "Havfruens Smørrebrød", "dk-smiley", authority="LIL", kind="Restaurant",
            address=("Strandvej 4", "Lillestrup"), postcode="0990", latitude="51.3600", longitude="-6.0200",
            visits=(visit(ago(90), results="1 1 1 1"),)),
        "sour_face": row("LIL-2", "Den Sure Sild", "dk-smiley", authority="LIL", kind="Restaurant",
            address=("Strandvej 6", "Lillestrup"), postcode="0990",
            visits=(visit(ago(45), results="1 4 2"),)),
        # Chinese throughout
        "chinese": row("YUN-1", "金龙茶餐厅", "cn-catering-dynamic", authority="YUN", kind="餐馆",
            address=("云泽市望海路8号",), postcode="009900", latitude="51.0100", longitude="-6.6000",
            visits=(visit(ago(80), "日常检查", warm, score="9.2"),)),
        "chinese_ungraded": row("YUN-2", "老街面馆", "cn-catering-dynamic", authority="YUN", kind="餐馆",
            address=("云泽市望海路10号",), postcode="009900",
            visits=(visit(ago(70), "日常检查", (), score="5.5"),)),
    }  # fmt: skip


def _crowd(ago) -> dict[str, Row]:
    """Ordinary places, so that lists have pages and charts have bars: crowd_1 to crowd_30."""
    words = ("Amber", "Birch", "Clover", "Dune", "Elder", "Fern")
    return {
        f"crowd_{number}": _uk(
            f"crowd-{number}",
            f"{words[number % 6]} Kitchen {number}",
            ago(100 + 20 * number),
            5 - number % 6,
            latitude=f"{51.15 + number / 1000:.4f}",
            address=(f"{number} Quince Street", "Almond"),
        )
        for number in range(1, 31)
    }
