"""What companies, streets and towns are called: made up, and sharing words as real names do."""

from records.bench.load.chance import SPOKES, listed, scattered, source, wheel, zipf
from records.bench.load.plan import CHINESE

_TRADES = listed(
    "Foods Haulage Cleaning Builders Stores Textiles Catering Logistics Motors Homes Properties Energy Waste "
    "Engineering Finance Care Hotels Trading Services Holdings Farms Metals Chemicals Travel Media Security"
)
_FORMS = ("Ltd", "Ltd", "Ltd", "Ltd", "plc", "LLP", "Limited", "Group Ltd", "(Holdings) Ltd")
_PLACES = listed(
    "Cafe Restaurant Kitchen Bakery Stores Inn Bistro Grill Tea Room Deli Butchers Arms Takeaway School"
)
_FAMILIAR = listed(
    "Golden Green Royal Blue Red Star Old New Crown Harbour River Hill Garden Village Castle Dragon Sun "
    "Bridge Corner Park Mill Oak White Silver King Queen Abbey Rose Lion Swan"
)
_CITIES = listed("晨光 金桥 东湖 华源 绿野 新港 同心 远洋 云岭 青河 白石 南屏 北川 西山 长乐 安平")
_WORDS = listed("金 银 宏 盛 达 兴 隆 泰 和 顺 鑫 源 丰 裕 康 美 佳 益 永 恒 天 海 龙 凤 祥 瑞 福 禄 信 诚")
_LINES = listed("食品 商贸 物流 餐饮管理 建筑工程 化工 纺织 机电设备 环保科技 房地产 医药 农业 汽车销售 广告")


class Names:
    """Names by number: the same number has the same name wherever it is asked for."""

    def __init__(self, words: list[str], chinese_words: list[str]):
        made = [word.title() for word in words[200:8200] if len(word) > 3]
        held = list(dict.fromkeys([*_FAMILIAR, *made]))[:6000]
        self._words = wheel(held, zipf(len(held), 0.75))
        self._trades = wheel(_TRADES, zipf(len(_TRADES), 0.6))
        self._places = wheel(_PLACES, zipf(len(_PLACES), 0.6))
        self._streets = made[-2500:]
        self._chinese = wheel(chinese_words[:900], zipf(900, 0.7))
        chance = source("people")
        self._people = [f"{chance.choice(made)} {chance.choice(made)}" for _ in range(4000)]

    def company(self, number: int) -> str:
        """A company, Chinese where its number is."""
        bits = scattered(number)
        a, b, c = bits % SPOKES, bits >> 14 & 16383, bits >> 28 & 16383
        if not number % CHINESE:
            city, line = _CITIES[bits % len(_CITIES)], _LINES[c % len(_LINES)]
            style = _WORDS[a % len(_WORDS)] + _WORDS[b % len(_WORDS)]
            return f"{city}{style}{self._chinese[b]}{line}有限公司"
        second = f" {self._words[b]}" if bits >> 42 & 3 else ""
        return f"{self._words[a]}{second} {self._trades[c]} {_FORMS[(bits >> 44) % len(_FORMS)]}"

    def shop(self, number: int) -> str:
        """A place where people eat or buy, Chinese where its number is."""
        bits = scattered(number, 1)
        a, b, c = bits % SPOKES, bits >> 14 & 16383, bits >> 28 & 16383
        if not number % CHINESE:
            return f"{_CITIES[bits % len(_CITIES)]}{self._chinese[a]}{self._chinese[b]}餐馆"
        start = "The " if bits >> 42 & 7 == 0 else ""
        second = f" {self._words[b]}" if bits >> 45 & 1 else ""
        return f"{start}{self._words[a]}{second} {self._places[c]}"

    def person(self, bits: int) -> str:
        """Somebody who trades under a name of his own."""
        return self._people[bits % len(self._people)]

    def street(self, bits: int) -> str:
        """A street with a house number."""
        kind = ("Street", "Road", "Lane", "Avenue", "Way")[bits >> 20 & 3]
        return f"{1 + (bits >> 8) % 240} {self._streets[bits % len(self._streets)]} {kind}"
