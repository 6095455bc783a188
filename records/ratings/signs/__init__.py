"""The sign in the window, its code, and the badge for a business's own site.

A sign shows one rating, and its code is that rating's number in another form: it needs no table and never
changes. `/verify/` tells whoever types the code whether the rating still stands (`verdict.py`). The badge
(`picture.py`) belongs to an establishment and a scheme, and shows whatever stands there now.
"""
