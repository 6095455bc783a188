"""The columns of the double publicity form (双公示) for penalties: the list of 2018 and the one before it.

Field codes and Chinese headings mean the same. Columns of the earlier list have the names of the later one
where they hold the same. The headings are those that four independent code bases agree on.
"""

import re
import unicodedata

from records.intake.table import Columns

_HEADINGS = {
    "cf_wsh": ("行政处罚决定书文号", "处罚决定书文号", "决定书文号"),
    "cf_cfmc": ("处罚名称", "案件名称"),
    "cf_wfxw": ("违法行为类型",),
    "cf_sy": ("违法事实", "处罚事由"),
    "cf_yj": ("处罚依据",),
    "cf_cflb": ("处罚类别", "处罚类别1", "cf_cflb1"),
    "cf_cflb2": ("处罚类别2",),
    "cf_nr": ("处罚内容", "处罚结果", "cf_jg"),
    "cf_nr_fk": ("罚款金额万元",),
    "cf_nr_wfff": ("没收违法所得没收非法财物的金额万元", "没收违法所得没收非法财物金额万元"),
    "cf_nr_zkdx": ("暂扣或吊销证照名称及编号",),
    "cf_xdr_mc": ("行政相对人名称",),
    "cf_xdr_lb": ("行政相对人类别",),
    "cf_xdr_shxym": ("统一社会信用代码",),
    "cf_xdr_gszc": ("工商注册号", "工商登记码", "工商登记号", "cf_xdr_gsdj"),
    "cf_xdr_zzjg": ("组织机构代码", "cf_xdr_zdm"),
    "cf_xdr_swdj": ("税务登记号",),
    "cf_xdr_sydw": ("事业单位证书号",),
    "cf_xdr_shzz": ("社会组织登记证号",),
    "cf_jdrq": ("处罚决定日期",),
    "cf_yxq": ("处罚有效期",),
    "cf_gsjzq": ("公示截止期",),
    "cf_cfjg": ("处罚机关", "cf_xzjg"),
    "cf_cfjgdm": ("处罚机关统一社会信用代码",),
    "cf_sjly": ("数据来源单位",),
    "cf_sjlydm": ("数据来源单位统一社会信用代码",),
    "cf_zt": ("当前状态",),
    "cf_syfw": ("使用范围", "信息使用范围"),
    "dfbm": ("地方编码",),
    "sjc": ("数据更新时间戳",),
}
_PRIVATE_HEADINGS = {
    "private_representative": ("法定代表人", "法定代表人姓名", "法定代表人负责人", "cf_frdb", "cf_fr"),
    "private_note": ("备注", "bz"),
}
"""Never read: names of persons that the portal does not show, and internal notes."""

_IDENTITY = re.compile(r"身份证|证件(号码|号|类型)|(^|_)(zjhm|zjlx|sfz)$")


def _folded(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub(r"必填|选填", "", "".join(text.split()))
    text = re.sub(r"^行政相对人代码_?[1-9]?", "", text) or text
    return re.sub(r"[^\w]", "", text)


_NAMES = {
    _folded(heading): name
    for table in (_HEADINGS, _PRIVATE_HEADINGS)
    for name, headings in table.items()
    for heading in (name, *headings)
}


def name(heading: str) -> str:
    """The column that a heading names, with or without the mark * of required columns.

    Whatever speaks of an identity document is private, also where the form does not know it.
    """
    text = _folded(heading)
    if _IDENTITY.search(text):
        return f"private_{text}"
    return _NAMES.get(text, text)


COLUMNS = Columns(
    required=("cf_wsh", "cf_xdr_mc", "cf_cflb", "cf_jdrq"),
    known=tuple(_HEADINGS),
    private=("private_*",),
    name=name,
    within=20,
)
