"""Some 50,000 words that look English and 5,000 Chinese ones; the first are the most frequent."""

from itertools import islice

from records.bench.load.chance import listed, source

ENGLISH, CHINESE = 50_000, 5_000

COMMON = listed(
    "the of and to in was for on at with by not were from that is had had been within without no which "
    "any under after before during when where found seen kept left made sold used held shown given "
    "taken stored records premises officer visit inspection notice order breach section act regulation "
    "failure duty owner manager staff worker person public risk danger evidence photograph sample "
    "report letter date day month year week hours morning evening room floor wall door window yard "
    "street vehicle goods product label price stock supply delivery invoice contract payment account "
    "written signed missing false late old broken open closed dirty clean wet cold hot unsafe unfit "
    "expired repeated earlier second third several many few two"
)

# The words that belong to a field of supervision, with which its made-up ones go.
FIELDS = {
    "food-safety": listed(
        "hygiene kitchen temperature refrigerator mouse droppings raw chicken rice cockroach "
        "allergen cleaning handwashing freezer cooked meat fish mould"
    ),
    "workplace-safety": listed(
        "scaffold ladder guard machine fall harness forklift helmet asbestos dust trench training "
        "electrical injury hospital edge"
    ),
    "environment": listed(
        "river discharge effluent waste landfill smoke noise drain sludge permit oil spill soil "
        "sewage burning tank"
    ),
    "consumer-protection": listed(
        "advertisement refund trader weight scales discount misleading subscription warranty fee "
        "website complaint counterfeit bargain"
    ),
    "labour": listed(
        "wages overtime payslip minimum holiday contract agency dismissal deduction apprentice "
        "shift rest migrant arrears"
    ),
    "product-safety": listed(
        "toy charger battery plug cosmetic magnet recall chemical fabric cord choking certificate "
        "importer marking"
    ),
    "fire-safety": listed(
        "exit alarm extinguisher sprinkler stairway smoke door blocked evacuation lighting corridor "
        "cladding basement storage"
    ),
    "housing": listed(
        "damp landlord tenant boiler licence overcrowded bedroom roof heating stairs mould deposit "
        "lodger wiring"
    ),
    "finance": listed(
        "insurer loan disclosure capital broker client ledger pension fraud laundering interest "
        "audit adviser fund"
    ),
}

_ONSETS = listed(
    "b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w wh y"
)
_VOWELS = listed("a a a e e e i i o o u ai ea ee ie oa oo ou")
_CODAS = ["", "", "", *listed("l m n r s t ck ld nd ng nt rd rn st th x p d")]
_ENDINGS = ["", "", "", "", *listed("er ed ing ly ness ment tion able al s y ish less ful ance ity")]

_CHARACTERS = (
    "食品安全生产经营场所卫生检查处罚决定依法违反规定条款当事人营业执照许可证标签日期保质期超过销售进"
    "货查验记录未能提供责令改正罚款没收所得警告停业整顿价格广告虚假宣传消费者合同商标计量器具检定使用"
    "不合格产品质量标准环境污染排放废水废气噪声固体消防通道堵塞设施损坏灭火器疏散工人工资拖欠劳动合同"
    "加班培训事故隐患整改期限内逾期拒不履行仓库冷藏温度设备维护鼠蟑螂清洁消毒从业人员健康证明原料添加"
    "剂超范围明知故意情节轻微严重货值金额共计元余现场拍照询问笔录证据复印件委托代理"
)


def english() -> list[str]:
    """The words, most frequent first: real ones at the head, then such as could be English."""
    chance = source("words")
    held = dict.fromkeys([*COMMON, *(word for words in FIELDS.values() for word in words)])
    for syllables in _syllables(chance):
        held.setdefault(syllables)
        if len(held) >= ENGLISH:
            break
    return list(held)


def chinese() -> list[str]:
    """Words of two characters, sometimes three."""
    chance, letters = source("字词"), list(dict.fromkeys(_CHARACTERS))
    held = {_CHARACTERS[at : at + 2]: None for at in range(0, len(_CHARACTERS) - 1, 2)}
    while len(held) < CHINESE:
        held.setdefault("".join(chance.choices(letters, k=2 + (chance.random() < 0.2))))
    return list(islice(held, CHINESE))


def _syllables(chance):
    """Words without end: frequent ones are short."""
    pick, made = chance.choice, 0
    while True:
        made += 1
        count = 1 + (chance.random() < 0.5 + made / 100_000) + (chance.random() < made / 150_000)
        stem = "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(count))
        word = stem + pick(_ENDINGS)
        if 3 <= len(word) <= 14:
            yield word
