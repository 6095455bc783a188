"""What the made-up decisions say: facts, sanctions and what became of the fines, all invented."""

from random import Random

# code of the violation -> facts in the words of a decision
FACTS = {
    "F01": (
        "Eleven packets of minced meat past their use-by date lay in the refrigerator for sale.",
        "Cooked chicken with visible mould was offered in the display.",
        "Two trays of prawns without any date were sold from a cold box by the door.",
    ),
    "F02": (
        "Cooked rice stood at 24 °C on the worktop; the cook said that it had stood there since the morning.",
        "The display fridge showed 13 °C. It held cream cakes, cooked ham and opened sauces.",
        "Curry was kept warm at 48 °C. The probe thermometer of the business showed the same.",
    ),
    "F03": (
        "The menu did not say that the pesto contains nuts. A guest had asked and was told that it does not.",
        "Sandwiches packed on the premises carried no list of ingredients.",
    ),
    "F04": (
        "The manager locked the kitchen when the officer showed her warrant, and opened it after 40 minutes.",
    ),
    "H01": (
        "Grease covered the hood, the wall behind the cooker and the floor under the sinks.",
        "The ceiling above the preparation table was flaking, and flakes lay on the table.",
        "The only wash basin for hands was filled with dishes. There was no soap.",
    ),
    "H02": (
        "Mouse droppings lay on the shelf beside open bags of flour, and two bags were gnawed.",
        "Cockroaches were seen in the gap behind the dishwasher, alive and dead.",
    ),
    "H03": (
        "No temperatures had been written down since February. The forms hung empty by the door.",
    ),
}  # fmt: skip

# code of the violation -> kinds of sanction that are given for it
SANCTIONS = {
    "F01": ("fine", "confiscation_goods"),
    "F02": ("fine",),
    "F03": ("fine", "improvement_order"),
    "F04": ("fine",),
    "H01": ("fine", "improvement_order"),
    "H02": ("closure_order", "fine"),
    "H03": ("fine",),
}
AMOUNTS = {
    "F01": (2500, 18000), "F02": (400, 4500), "F03": (3000, 25000), "F04": (1500, 6000), "H01": (600, 5500),
    "H02": (1500, 14000), "H03": (150, 450),
}  # fmt: skip
WORDS = {
    "fine": "to pay a penalty of {amount} pounds",
    "closure_order": "to close the premises until they are clean",
    "improvement_order": "to put this right within four weeks",
    "confiscation_goods": "to hand over the food, which was destroyed",
}

# What became of a fine: kind, days after the decision, share of the fine; a share of None has no amount.
LIVES = (
    (("paid", 24, 1.0),),
    (("paid", 27, 1.0),),
    (("due", 28, 1.0),),
    (("due", 28, 1.0), ("paid_in_part", 41, 0.4)),
    (("contested", 16, None), ("upheld", 95, None), ("paid", 120, 1.0)),
    (("contested", 19, None), ("varied", 110, 0.35)),
    (("contested", 19, None), ("varied", 104, 0.6), ("paid", 131, 0.6)),
    (("contested", 11, None),),
    (("due", 28, 1.0), ("written_off", 300, None)),
    (),
)
NOTES = {
    "upheld": "First-tier Tribunal of the county, made up for this demonstration",
    "varied": "First-tier Tribunal of the county, made up for this demonstration",
    "written_off": "The company was dissolved.",
}
SURNAMES = ("Quillfeather", "Ormsbridge", "Tansywick", "Ferncastle", "Underhazel", "Llanwhistle")
REMEDY = "Appeal in writing to the First-tier Tribunal within 28 days of the day on which this was served."


def amount(rng: Random, code: str) -> int:
    """A fine for that violation: in steps of 50 pounds, small ones more often."""
    least, most = AMOUNTS[code]
    return least + int((most - least) * rng.random() ** 2.2) // 50 * 50
