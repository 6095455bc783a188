"""The words of the double publicity form: categories of penalty, respondents, states, laws and articles."""

import re

from records.intake.rows import CitationRow
from records.intake.sources import LawFacts

NUMERIC = "This is a code, and codes of categories differ between systems. Write the words, such as 罚款."
UNKNOWN = "This category is not known. Known are: {known}, and whatever begins with 其他."
EITHER = "It can mean that the licence was suspended or taken away. Write 暂扣许可证件 or 吊销许可证件."

_CATEGORIES = {
    "warning": ("警告",),
    "public_criticism": ("通报批评",),
    "fine": ("罚款",),
    "daily_fine": ("加处罚款",),
    "confiscation_gains": ("没收违法所得",),
    "confiscation_goods": ("没收非法财物", "没收非法财产"),
    "licence_suspension": ("暂扣许可证件", "暂扣许可证", "暂扣执照"),
    "licence_revocation": ("吊销许可证件", "吊销许可证", "吊销执照", "吊销营业执照"),
    "qualification_downgrade": ("降低资质等级",),
    "activity_restriction": ("限制开展生产经营活动",),
    "suspension_of_business": ("责令停产停业", "停产停业", "责令停业整顿"),
    "closure_order": ("责令关闭",),
    "occupation_ban": ("限制从业",),
    "detention": ("行政拘留",),
    "improvement_order": ("责令改正", "责令限期改正"),
}
_BY_WORD = {word: slug for slug, words in _CATEGORIES.items() for word in words}
# Marks that divide categories also stand inside the names of some.
_WHOLE = (
    ("法律、行政法规规定的其他行政处罚", "其他"),
    ("许可证/执照", "许可证件"),
    ("许可证、执照", "许可证件"),
    ("许可证或者执照", "许可证件"),
    ("许可证或执照", "许可证件"),
)
_EITHER = re.compile(r"暂扣(?:或者|或|、|/)吊销许可证件?")

RESPONDENTS = {
    "法人及非法人组织": "organisation",
    "法人": "organisation",
    "非法人组织": "organisation",
    "自然人": "natural_person",
    "个体工商户": "sole_trader",
    "个体": "sole_trader",
}

STATES = {
    "": "",
    "0": "",
    "正常": "",
    "1": "annulled",
    "撤销": "annulled",
    "2": "contested",
    "异议": "contested",
}
"""Event that the state of a record in the earlier list stands for; any other state has to be explained."""

PUBLIC_SCOPES = ("", "0", "公示")
"""Scopes of use of the earlier list that allow publication."""

LAWS = (
    LawFacts(
        "cn-administrative-penalties", "中华人民共和国行政处罚法", "law", "CN", "https://flk.npc.gov.cn/"
    ),
    LawFacts(
        "cn-public-security", "中华人民共和国治安管理处罚法", "law", "CN", "https://flk.npc.gov.cn/", True
    ),
)
_STATE = "中华人民共和国"
_KEYS = {title: law.key for law in LAWS for title in (law.title, law.title.removeprefix(_STATE))}
_NUMBER = r"[一二三四五六七八九十百千零〇两\d]+"
_ARTICLE = rf"第{_NUMBER}条(?:之{_NUMBER})?(?:第?[（(]?{_NUMBER}[）)]?[款项目])*"
_CITED = re.compile(rf"《([^《》]{{2,80}})》((?:[、和及,，\s]*{_ARTICLE})*)")


def categories(text: str, content: str) -> tuple[str, ...]:
    """The kinds of sanction that a cell names, each once. ValueError says what is wrong with it.

    `content` decides between suspension and revocation, which the form of 1996 names in one breath.
    """
    for written, whole in _WHOLE:
        text = text.replace(written, whole)
    if found := _EITHER.search(text):
        suspended, revoked = "暂扣" in content, "吊销" in content
        if suspended == revoked:
            raise ValueError(EITHER)
        text = text.replace(found[0], "暂扣许可证件" if suspended else "吊销许可证件")
    kinds = []
    for word in filter(None, re.split(r"[、，；;,/\s]+", text)):
        if word.isdecimal():
            raise ValueError(NUMERIC)
        kind = "other_statutory" if word.startswith("其他") else _BY_WORD.get(word)
        if kind is None:
            raise ValueError(UNKNOWN.format(known="、".join(words[0] for words in _CATEGORIES.values())))
        kinds.append(kind)
    return tuple(dict.fromkeys(kinds))


def cited(text: str) -> tuple[CitationRow, ...]:
    """The laws in 《》 with the articles that follow them, as printed; a law without an article once."""
    found = []
    for title, articles in _CITED.findall(text):
        law = _KEYS.get(title, title)
        found += [CitationRow(law, article) for article in re.findall(_ARTICLE, articles)] or [
            CitationRow(law)
        ]
    return tuple(dict.fromkeys(found))
