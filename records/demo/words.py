"""Composes trading names from word lists: English, Welsh and Chinese, none of them a real business's."""

from random import Random

LOOKS = (
    "Amaranth", "Brindled", "Cerulean", "Dappled", "Ember", "Fluted", "Gossamer", "Hazelwood",
    "Inkstained", "Juniper", "Kindled", "Latticed", "Madder", "Nettled", "Oaken", "Pewter", "Quilted",
    "Russet", "Saffron", "Thistledown", "Umber", "Verdigris", "Wicker", "Yarrow",
)  # fmt: skip
THINGS = (
    "Abacus", "Bittern", "Cormorant", "Dormouse", "Eelpot", "Fiddler", "Gimlet", "Halyard", "Inkwell",
    "Jackdaw", "Kestrel", "Lapwing", "Marrow", "Nutcracker", "Ottershell", "Pipkin", "Quern",
    "Redshank", "Skillet", "Trivet", "Urchin", "Vole", "Wherry", "Yardarm",
)  # fmt: skip
PLANTS = (
    "Alder", "Bilberry", "Costmary", "Damson", "Elderberry", "Feverfew", "Greengage", "Hyssop",
    "Ironwort", "Lovage", "Medlar", "Nasturtium", "Orache", "Purslane", "Quince", "Rowanberry",
    "Sorrel", "Tansy", "Valerian", "Woodruff",
)  # fmt: skip
# Welsh nouns with their article, by gender, and the adjectives in the form that follows each.
WELSH_NOUNS = (
    (
        (
            "y Ceiliog", "yr Alarch", "y Crochan", "y Llwynog", "y Cudyll", "yr Eog", "y Morlo",
            "y Tegell", "y Barcud", "y Dyfrgi", "y Draenog",
        ),
        ("Gwinau", "Glas", "Copr", "Llwyd", "Coch", "Brith", "Bach", "Aur", "Arian"),
    ),
    (
        (
            "y Dylluan", "y Ddraenen", "y Gragen", "y Fuwch", "y Wennol", "yr Wylan", "y Golomen",
            "y Felin", "y Gloch", "y Seren",
        ),
        ("Arian", "Aur", "Wen", "Las", "Frith", "Fach", "Goch", "Lwyd"),
    ),
)  # fmt: skip
CHINESE = (
    ("翠", "Emerald"), ("锦", "Brocade"), ("碧", "Azure"), ("瑞", "Auspicious"), ("云", "Cloud"),
    ("霞", "Rosy"), ("墨", "Ink"), ("玉", "Jade"),
)  # fmt: skip
CHINESE_THINGS = (
    ("鹤", "Crane"), ("舟", "Boat"), ("荷", "Lotus"), ("笛", "Flute"), ("帆", "Sail"), ("鲤", "Carp"),
    ("枫", "Maple"), ("燕", "Swallow"),
)  # fmt: skip
CHINESE_HOUSES = (
    ("酒家", "Restaurant"),
    ("茶楼", "Tea House"),
    ("小馆", "Kitchen"),
    ("面庄", "Noodles"),
    ("茶餐厅", "Café"),
)

# kind of place: share of all in per mille, word as published, how its names are made
KINDS = {
    "restaurant": (
        290, "Restaurant/Cafe/Canteen",
        (
            "{thing} & {plant}", "The {look} {thing}", "{plant} Kitchen {thing}",
            "Café {plant} {thing}", "{look} {thing} Tearoom", "Spice {thing} of {town}",
            "Trattoria {look} {thing}",
        ),
    ),
    "takeaway": (
        150, "Takeaway/Sandwich shop",
        (
            "{look} {thing} Fish Bar", "{thing} Fried Chicken & {plant}", "{look} {thing} Pizza",
            "The {thing} Sandwich {plant}", "{look} {thing} Kebabs",
        ),
    ),
    "pub": (
        90, "Pub/bar/nightclub",
        (
            "The {look} {thing}", "The {thing} & {plant}", "The {town} {thing} Arms",
        ),
    ),
    "hotel": (
        35, "Hotel/bed & breakfast/guest house",
        (
            "{look} {thing} Hotel", "{plant} {thing} Guest House",
        ),
    ),
    "mobile": (
        40, "Mobile caterer",
        (
            "{thing} on Wheels, {plant}", "The {look} {thing} Van", "{plant} {thing} Pop-up",
        ),
    ),
    "caterer": (
        40, "Other catering premises",
        (
            "{look} {thing} Catering", "{plant} & {thing} Events",
        ),
    ),
    "supermarket": (
        25, "Retailers - supermarkets/hypermarkets",
        (
            "{thing} Market {town}", "{look} {thing} Superstore",
        ),
    ),
    "shop": (
        165, "Retailers - other",
        (
            "{look} {thing} Stores", "{plant} {thing} Bakery", "{look} {thing} Butchers",
            "{plant} {thing} Pharmacy", "{town} {thing} News", "{look} {thing} Delicatessen",
        ),
    ),
    "care": (
        85, "Hospitals/Childcare/Caring Premises",
        (
            "{look} {thing} Nursery", "{plant} {thing} Care Home", "{plant} {thing} Playgroup",
        ),
    ),
    "school": (
        45, "School/college/university",
        (
            "{plant} {thing} Primary School", "{town} {plant} {thing} Academy",
        ),
    ),
    "manufacturer": (
        20, "Manufacturers/packers",
        (
            "{look} {thing} Preserves", "{plant} {thing} Dairy",
        ),
    ),
    "distributor": (
        10, "Distributors/Transporters",
        (
            "{look} {thing} Cold Store",
        ),
    ),
    "farm": (
        5, "Farmers/growers",
        (
            "{look} {thing} Farm Shop",
        ),
    ),
}  # fmt: skip

WELSH_NAMES = {
    "restaurant": ("Caffi’r {bare} {adjective}", "Bwyty’r {bare} {adjective}", "Tŷ Bwyta {noun} {adjective}"),
    "takeaway": ("Sglodion {noun} {adjective}", "Cegin {noun} {adjective}"),
    "pub": ("Tafarn {noun} {adjective}",),
    "shop": ("Becws {noun} {adjective}", "Siop {noun} {adjective}", "Cigydd {noun} {adjective}"),
    "care": ("Meithrinfa {noun} {adjective}",),
    "school": ("Ysgol {noun} {adjective}",),
}
HOME_NAMES = ("{plant} {thing} Bakes", "{look} {thing} Home Kitchen", "{plant} {thing} Childminding")


def kind(rng: Random) -> str:
    """A kind of place, in the shares of KINDS."""
    return rng.choices(tuple(KINDS), [share for share, _word, _names in KINDS.values()])[0]


def published_kind(kind: str) -> str:
    """The authority's word for the kind."""
    return KINDS[kind][1]


def _fill(rng: Random, pattern: str, town: str) -> str:
    return pattern.format(
        look=rng.choice(LOOKS), thing=rng.choice(THINGS), plant=rng.choice(PLANTS), town=town
    )


def english(rng: Random, kind: str, town: str) -> str:
    """An English trading name for that kind of place."""
    return _fill(rng, rng.choice(KINDS[kind][2]), town)


def home(rng: Random, town: str) -> str:
    """The name of a business that somebody runs at home."""
    return _fill(rng, rng.choice(HOME_NAMES), town)


def welsh(rng: Random, kind: str, town: str) -> str:
    """A Welsh trading name; an English one for kinds that have no pattern in Welsh."""
    if kind not in WELSH_NAMES:
        return english(rng, kind, town)
    nouns, adjectives = rng.choice(WELSH_NOUNS)
    noun = rng.choice(nouns)
    bare = noun.partition(" ")[2]
    return rng.choice(WELSH_NAMES[kind]).format(noun=noun, bare=bare, adjective=rng.choice(adjectives))


def chinese(rng: Random) -> str:
    """A Chinese trading name, alone or beside its English one."""
    (sign, word), (thing, english_thing) = rng.choice(CHINESE), rng.choice(CHINESE_THINGS)
    house, english_house = rng.choice(CHINESE_HOUSES)
    name = f"{sign}{thing}{house}"
    return rng.choice(
        (name, f"{name} {word} {english_thing} {english_house}", f"{word} {english_thing} {name}")
    )


def company(rng: Random, welsh_too: bool) -> tuple[str, str]:
    """The name of a company with several places, and the name over their doors."""
    brand = f"{rng.choice(PLANTS)} {rng.choice(THINGS)}"
    ending = rng.choice(("Ltd", "Cyf", "Holdings Ltd") if welsh_too else ("Ltd", "Holdings Ltd", "Foods PLC"))
    return f"{brand} {ending}", brand
