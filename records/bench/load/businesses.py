"""Businesses, block by block."""

from records.bench.load.plan import CHINESE


def rows(world, block: int) -> dict[str, list[str]]:
    """The lines of a block."""
    plan, company = world.plan, world.names.company
    lines = []
    for number in plan.numbers("businesses", block):
        name, country = company(number), "" if number % CHINESE else "CN"
        lines.append(
            f"{number}\t{plan.reference('businesses', number)}\t{name}\t{name}\torganisation\t{country}"
        )
    return {"records_business": lines}
