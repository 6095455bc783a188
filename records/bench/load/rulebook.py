"""The small tables: who decides, under which laws, for which types of violation."""

from typing import NamedTuple

from records.authorities.models import Authority
from records.bench.load.chance import listed, wheel, zipf
from records.bench.load.places import CITIES, TOWNS
from records.bench.load.vocabulary import FIELDS
from records.laws.kinds import article_key
from records.laws.models import Law, Provision, ViolationType

CODE = "load-"
"""Codes and keys of what is made here begin with this."""

REGIONS, DISTRICTS, PROVINCES, BUREAUS = 12, 200, 6, 30
_CHINESE_ROOT = 1 + REGIONS + DISTRICTS + 1
ARTICLES, OFFENCES = 40, 25
RULES = "us.open-record"

_FIELD_WEIGHTS = zipf(len(FIELDS), 0.8)
_CHINESE_FIELDS = dict(
    zip(
        FIELDS,
        listed("食品安全 安全生产 环境保护 消费者权益 劳动保障 产品质量 消防 住房租赁 金融"),
        strict=True,
    )
)
_RANKS = ("law", "administrative_regulation", "rule")
_SERIOUSNESS = ("ordinary", "minor", "ordinary", "serious", "minor")


class Statute(NamedTuple):
    """A law as decisions cite it: articles by number of the provision, types of violation by weight."""

    number: int
    rank: str
    title: str
    articles: dict[int, str]
    last: int
    offences: list[tuple[int, int]]


def authority_of(chinese: bool, town: int, level: float) -> int:
    """The authority that decides in a town: nearly always its district, at times the region or the nation."""
    if chinese:
        if level < 0.85:
            return _CHINESE_ROOT + PROVINCES + 1 + town % BUREAUS
        return _CHINESE_ROOT + (1 + town % PROVINCES if level < 0.97 else 0)
    if level < 0.8:
        return 1 + REGIONS + 1 + town % DISTRICTS
    return 1 + (1 + town % REGIONS if level < 0.95 else 0)


class Rulebook:
    """Laws by field and language, each with its wheel."""

    def __init__(self, words: list[str]):
        self._words = [word.title() for word in words[600:] if len(word) > 5]
        self.fields = wheel(list(FIELDS), _FIELD_WEIGHTS)
        self.english = {field: self._laws(at, False) for at, field in enumerate(FIELDS)}
        self.chinese = {field: self._laws(at, True) for at, field in enumerate(FIELDS)}

    def _laws(self, at: int, chinese: bool) -> list[Statute]:
        statutes = [self._statute(at, place, chinese) for place in range(3)]
        return wheel(statutes, zipf(3, 1.2))

    def _statute(self, at: int, place: int, chinese: bool) -> Statute:
        number = 1 + at * 6 + place + 3 * chinese
        field = list(FIELDS)[at]
        if chinese:
            kind = ("法", "条例", "办法")[place]
            title = f"示例{_CHINESE_FIELDS[field]}{kind}"
        else:
            kind = ("Act", "Regulations", "Order")[place]
            label = field.replace("-", " ").title()
            title = f"{label} ({self._words[number]} and {self._words[number * 3]}) {kind} {1970 + number}"
        article = "第{}条" if chinese else "s. {}"
        first = (number - 1) * ARTICLES + 1
        articles = {first + index: article.format(index + 1) for index in range(ARTICLES)}
        offences = [
            ((number - 1) * OFFENCES + index, first + index * 7 % ARTICLES)
            for index in range(1, OFFENCES + 1)
        ]
        return Statute(
            number, _RANKS[place], title, articles, first + ARTICLES - 1, wheel(offences, zipf(OFFENCES))
        )

    def statutes(self) -> list[tuple[str, bool, Statute]]:
        """Every law once, with its field and whether it is Chinese."""
        found = {}
        for chinese, fields in ((False, self.english), (True, self.chinese)):
            for field, spokes in fields.items():
                found |= {statute.number: (field, chinese, statute) for statute in spokes}
        return [found[number] for number in sorted(found)]

    def create(self, places) -> None:
        """Write authorities, laws, provisions and types of violation."""
        Authority.objects.bulk_create(authorities(places))
        for field, chinese, statute in self.statutes():
            Law.objects.create(
                id=statute.number, key=f"{CODE}{field}-{statute.number}", title=statute.title,
                rank=statute.rank, jurisdiction="CN" if chinese else "GB",
                language="zh-hans" if chinese else "en",
            )  # fmt: skip
            Provision.objects.bulk_create(
                Provision(id=number, law_id=statute.number, key=article_key(article), article=article)
                for number, article in statute.articles.items()
            )
            ViolationType.objects.bulk_create(
                ViolationType(
                    id=number, catalogue=f"{CODE}{field}", code=f"V{number:04}", domain=field,
                    title=self._offence(number, chinese, statute), provision_id=provision,
                    seriousness=_SERIOUSNESS[number % 5],
                )
                for number, provision in dict.fromkeys(statute.offences)
            )  # fmt: skip

    def _offence(self, number: int, chinese: bool, statute: Statute) -> str:
        if chinese:
            return f"违反《{statute.title}》的行为第{number}类"
        words = " ".join(self._words[number * 11 + at].lower() for at in range(3))
        return f"Breach of duty: {words}"


def authorities(places) -> list[Authority]:
    """Those of the made-up isles, English and Chinese, each with its parent."""
    found = [_authority(1, "Inspectorate of the Made-up Isles", None, False)]
    for at in range(REGIONS):
        found.append(_authority(2 + at, f"{places.towns[at].name} Region", 1, False))
    for at in range(DISTRICTS):
        parent = 2 + at % REGIONS
        found.append(_authority(2 + REGIONS + at, f"{places.towns[at].name} District", parent, False))
    root = _CHINESE_ROOT
    found.append(_authority(root, "示例群岛市场监督管理总局", None, True))
    for at in range(PROVINCES):
        name = f"{places.cities[at].name[:-1]}省市场监督管理局"
        found.append(_authority(root + 1 + at, name, root, True))
    for at in range(BUREAUS):
        name = f"{places.cities[at].name}市场监督管理局"
        found.append(_authority(root + 1 + PROVINCES + at, name, root + 1 + at % PROVINCES, True))
    return found


def _authority(number: int, name: str, parent: int | None, chinese: bool) -> Authority:
    code = f"{CODE}{number:03}"
    return Authority(
        id=number, code=code, slug=code, name=name, parent_id=parent, domains=list(FIELDS),
        country="CN" if chinese else "", rule_sets=[RULES],
    )  # fmt: skip


assert not TOWNS % DISTRICTS and not CITIES % BUREAUS, "every town has just one district"
