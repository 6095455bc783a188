"""Where a person's money is: bank accounts, and payment and bank cards."""

import re

from django.utils.translation import gettext_lazy as _
from stdnum import iban, luhn
from stdnum.iso7064 import mod_11_10

from records.publication.guard.detector import Detector, Span, after, number
from records.publication.personal import compact

_ISSUED = re.compile(
    r"4[0-9]{15}(?:[0-9]{3})?|5[0-9]{15}|2[2-7][0-9]{14}|3[47][0-9]{13}|3[0689][0-9]{12}|35[0-9]{14}"
    r"|6[0-9]{15,18}|9558[0-9]{15}"
)
"""Numbers as issuers give them: one in ten of all numbers fits the check digit, and so do barcodes."""

_OTHER_NUMBER = re.compile(
    r"(?:订单|运单|快递|物流|流水|交易|条形?码|批号|编号|注册号|许可证号?|\border|\btracking|\binvoice|\bbarcode|\bbatch|\blot)"
    r"[^0-9]{0,10}$",
    re.IGNORECASE,
)
_BEFORE = 24


def _iban(match: re.Match) -> Span | None:
    """The part of the match that is an IBAN: the words that follow one may look like more of it."""
    start, end = match.span()
    for stop in range(end, start + 14, -1):
        if match.string[stop - 1].isalnum() and iban.is_valid(match.string[start:stop]):
            return start, stop
    return None


def _card(match: re.Match) -> Span | None:
    digits = compact(match[0])
    if len(digits) == 15 and mod_11_10.is_valid(digits):
        return None  # the registration number of a Chinese company, of which some begin like a card
    if not (_ISSUED.fullmatch(digits) and luhn.is_valid(digits)):
        return None
    start = match.start()
    return None if _OTHER_NUMBER.search(match.string, max(0, start - _BEFORE), start) else match.span()


BANK_ACCOUNT = Detector(
    "bank_account",
    _("bank account or card number"),
    _("With the number of an account or card somebody can take money, and it tells where a person banks."),
    (
        number(
            10, r"[A-Za-z](?<![0-9A-Za-z].)[A-Za-z][0-9]{2}(?:[ -]?[0-9A-Za-z]{1,4}){3,8}", _iban, around=40
        ),
        number(13, r"[2-69](?<![0-9A-Za-z].)[0-9]{3}(?:[- ]?[0-9]){9,15}(?![0-9A-Za-z])", _card),
        after(
            ("账号", "帐号", "账户", "帐户", "卡号", "银行卡"),
            # the account of a shop on a platform is no bank account
            r"(?<!(?:抖音|快手|微博|平台|公众|店铺|微信)..)[^0-9。;\n]{0,24}"
            r"(?P<value>[0-9](?:[- ]?[0-9]){8,29})(?![0-9])",
        ),
        after(
            ("account", "acct", "a/c"),
            r"[. ]{0,2}(?:number|no\b|num\b|#)?[^0-9A-Za-z\n]{0,5}(?:is |was )?"
            r"(?!(?:19|20)[0-9]{2}[- ](?:19|20)?[0-9]{2}\b)"  # not a range of years
            r"(?P<value>[0-9](?:[- ]?[0-9]){5,18})(?![0-9A-Za-z])",
        ),
        after(
            ("sort code",),
            r"[^0-9\n]{0,10}(?P<value>[0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2}(?:[^0-9\n]{1,30}[0-9]{8})?)"
            r"(?![0-9])",
        ),
    ),
)
