"""A table of made-up decisions, the same each time: companies that do not exist, under a law that does not.

Of a hundred decisions ten are in Chinese, and one is against a person, which the gates refuse. Each has one
to three sanctions; of the fines two in three are paid, and one in ten was changed on appeal.
"""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

AUTHORITY, LAW, CATALOGUE = "bench", "Made-up Trading Act", "bench"
ARTICLES = tuple(str(number) for number in range(1, 61))
OFFENCES = {
    f"B{number:02}": f"Breach of section {number} of the Made-up Trading Act" for number in range(1, 61)
}
COLUMNS = (
    "decision_number", "respondent", "respondent_kind", "identifier_scheme", "identifier", "premises",
    "decided_on", "procedure", "legal_basis", "facts", "served_on", "notice_served_on", "remedy",
    "document_url", "language", "sanction", "amount", "currency", "amount_text", "duration", "sanction_text",
    "violation_code", "law", "article", "provision_is", "event", "event_on", "event_amount",
    "event_currency",
)  # fmt: skip

_FIRST = ("Amber", "Birch", "Copper", "Dawn", "Elder", "Fern", "Harbour", "Juniper", "Kestrel", "Linden")
_SECOND = ("Anchor", "Basket", "Garden", "Hearth", "Kettle", "Lantern", "Mill", "Orchard", "Quarry", "Wharf")
_TRADES = ("Foods", "Haulage", "Cleaning", "Builders", "Stores", "Textiles", "Catering", "Logistics")
_FACTS = (
    "On the visit the store was kept at 14 degrees where the label asks for 5.",
    "The records of three months were missing and could not be produced within ten days.",
    "Goods past their date stood among those for sale, 48 packs in all.",
    "The exit at the rear was blocked by pallets, and nobody had been told whom to call.",
    "Wages of eleven workers were paid four weeks late; the difference was made good afterwards.",
    "The scales had not been verified since the year before and showed 30 grams too much.",
    "A drain at the yard ran into the brook for two days before it was closed.",
)
_CHINESE_FIRST = ("晨光", "金桥", "东湖", "华源", "绿野", "新港", "同心", "远洋")
_CHINESE_TRADES = ("食品有限公司", "商贸有限公司", "物流有限公司", "餐饮管理有限公司")
_CHINESE_FACTS = (
    "当事人经营的食品超过保质期，货值金额共计三百余元，未能提供进货查验记录。",
    "当事人在经营场所使用未经检定的计量器具，经责令改正后仍未改正。",
    "当事人销售的商品标签未标明生产日期，违反了有关规定。",
)


def write(path: Path, count: int, begin: int = 0, changed: bool = False) -> Path:
    """So many decisions as penalties-csv, numbered from `begin`, of the three years before October 2026.

    `changed` tells the same ones as their source has them later: of ten, one was paid in the meantime; of
    fifty, one got another text.
    """
    chance = Random(begin + 1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(begin, begin + count):
            lines = _lines(number, date(2026, 10, 1) - timedelta(days=chance.randrange(1000)), chance)
            if changed and number % 10 == 1:
                lines.append(_alone(lines) | {"event": "settled", "event_on": date(2026, 10, 5)})
            if changed and number % 50 == 3:
                lines[0]["facts"] += " (corrected)"
            writer.writerows(lines)
    return path


def _alone(lines: list[dict]) -> dict:
    return {"decision_number": lines[0]["decision_number"]}


def _lines(number: int, day: date, chance: Random) -> list[dict]:
    """The lines of one decision: each may bring a sanction and an event."""
    chinese = number % 10 == 0
    article = chance.choice(ARTICLES)
    head = {
        "decision_number": f"决罚〔{day.year}〕{number}号" if chinese else f"BX/{day.year}/{number:06}",
        "respondent_kind": "natural_person" if number % 100 == 7 else "organisation",
        "decided_on": day, "procedure": "ordinary", "served_on": day + timedelta(days=3),
        "notice_served_on": day - timedelta(days=20),
        "document_url": f"https://decisions.example.org/{number}.pdf",
        "violation_code": f"B{int(article):02}", "law": LAW, "article": f"s. {article}",
        "provision_is": "violated",
    }  # fmt: skip
    head |= _in_chinese(number, article, chance) if chinese else _in_english(number, article, chance)
    sanctions, events = _sanctions(chance), _events(day, chance)
    lines = [head, *(_alone([head]) for _more in range(max(len(sanctions), len(events)) - 1))]
    for found in (sanctions, events):
        for line, entry in zip(lines, found, strict=False):
            line |= entry
    return lines


def _in_english(number: int, article: str, chance: Random) -> dict:
    company = chance.randrange(30_000)
    name = f"{_FIRST[company % 10]} {_SECOND[company // 10 % 10]} {_TRADES[company // 100 % 8]} {company} Ltd"
    return {
        "respondent": name, "identifier_scheme": "gb-coh", "identifier": f"{90_000_000 + company}",
        "premises": f"{name}, {1 + number % 200} {chance.choice(_FIRST)} Street, {chance.choice(_SECOND)}ton",
        "legal_basis": f"{LAW}, section {article} and section 80(1)(b)",
        "facts": " ".join(chance.sample(_FACTS, k=chance.randint(1, 4))),
        "remedy": "Appeal to the tribunal within 28 days of service.", "language": "en",
    }  # fmt: skip


def _in_chinese(number: int, article: str, chance: Random) -> dict:
    name = f"{chance.choice(_CHINESE_FIRST)}{number % 977}{chance.choice(_CHINESE_TRADES)}"
    return {
        "respondent": name, "premises": f"{chance.choice(_CHINESE_FIRST)}路{1 + number % 300}号",
        "legal_basis": f"《示例贸易法》第{article}条、第八十条第一款", "language": "zh-hans",
        "facts": "".join(chance.sample(_CHINESE_FACTS, k=chance.randint(1, 3))),
        "remedy": "如不服本决定，可在六十日内申请行政复议。",
    }  # fmt: skip


def _sanctions(chance: Random) -> list[dict]:
    amount = chance.randint(1, 400) * 250
    found = [{"sanction": "fine", "amount": f"{amount}.00", "currency": "EUR"}]
    if chance.random() < 0.3:
        found.append({"sanction": "improvement_order", "duration": "P30D", "sanction_text": "Put it right."})
    if chance.random() < 0.1:
        found.append({"sanction": "confiscation_gains", "amount": "1200.50", "currency": "EUR"})
    return found


def _events(day: date, chance: Random) -> list[dict]:
    found = []
    if chance.random() < 0.1:
        found.append({"event": "contested", "event_on": day + timedelta(days=20)})
        lower = {"event_amount": "200.00", "event_currency": "EUR"}
        found.append({"event": "varied", "event_on": day + timedelta(days=90)} | lower)
    if chance.random() < 0.66:
        found.append({"event": "paid", "event_on": day + timedelta(days=120)})
    return found
