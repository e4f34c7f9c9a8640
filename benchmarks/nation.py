"""A made-up nation under Hunan's plan: as many places as China has, to see whether the model can carry them.

    python benchmarks/nation.py              # phases of one run: time, memory, and which arrays hold it
    python benchmarks/nation.py --months 2   # a quick look

Counts are those of the statistical codes of 2023-06-30 (31 provincial and 343 prefecture-level units, 41,351
townships and streets, 620,572 villages and communities, 401,913 of them rural; README of adyliu/china_area); 2,843
counties is judgement. Sizes, shares and levers are spread after the shipped Hunan scenario: county i has the levers
of Hunan's county i modulo 122. It forecasts nothing about the country.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np
from helpers import HUNAN, most_resident, organization_months, print_machine, resident, shortened

from miaopu import scenarios
from miaopu.model.inputs import Inputs
from miaopu.model.layout import lay_out
from miaopu.model.place import Neighbours, Place
from miaopu.model.priors import Prior
from miaopu.model.simulation import begin, go_on, layout_of, simulate
from miaopu.model.start import expected_stock
from miaopu.model.text import Text
from miaopu.model.uncertainty import central_parameters, parameter_record
from miaopu.model.world import World

PREFECTURES, COUNTIES, TOWNSHIPS, COMMUNITIES, RURAL = 343, 2_843, 41_351, 620_572, 401_913
START_STOCK, MONTHS = 1_750_000, 36
TOUCHED = 300_000_000  # bytes
SHARES = ("elderly", "children", "difficulty", "foreign", "party_members")
DENSITIES = ("start_filed_urban", "start_filed_rural")


def owners(units: int, above: int) -> np.ndarray:
    """The owner of each of `units`, in even contiguous blocks."""
    return np.arange(units) * above // units


def ring(street_district: np.ndarray) -> Neighbours:
    """Within its county each township adjoins the next one and the one before."""
    rows = np.arange(len(street_district))
    first = np.searchsorted(street_district, street_district)
    size = np.bincount(street_district)[street_district]
    both = [first + (rows - first + step) % size for step in (-1, 1)]
    return Neighbours(2 * np.arange(len(rows) + 1), np.stack(both, axis=1).ravel())


def numbered(zh: str, en: str, count: int) -> tuple[Text, ...]:
    """Names that are numbers."""
    return tuple(Text(f"{zh}{k + 1}", f"{en} {k + 1}") for k in range(count))


def made_up_place(like: Place) -> Place:
    """The nation's places; residents and shares of a community are those of one of Hunan's of the same kind."""
    chance = np.random.default_rng(1)
    rural = np.zeros(COMMUNITIES, bool)
    rural[chance.choice(COMMUNITIES, RURAL, replace=False)] = True
    model = np.where(
        rural,
        chance.choice(np.flatnonzero(like.community_rural), COMMUNITIES),
        chance.choice(np.flatnonzero(~like.community_rural), COMMUNITIES),
    )
    street_like = chance.integers(like.streets, size=TOWNSHIPS)
    street_district = owners(TOWNSHIPS, COUNTIES)
    unknown = np.full(COMMUNITIES, np.nan)
    keys = chance.integers(0, 2**64, size=COUNTIES + TOWNSHIPS + COMMUNITIES, dtype=np.uint64)
    return Place(
        name=Text("虚构的全国", "made-up nation"),
        level_names=like.level_names,
        prefectures=numbered("市", "Prefecture", PREFECTURES),
        district_name=numbered("县", "County", COUNTIES),
        district_prefecture=owners(COUNTIES, PREFECTURES),
        district_key=keys[:COUNTIES],
        street_name=numbered("乡", "Township", TOWNSHIPS),
        street_district=street_district,
        street_rural=like.street_rural[street_like],
        street_key=keys[COUNTIES : COUNTIES + TOWNSHIPS],
        street_hub=np.full(TOWNSHIPS, -1, np.int8),
        street_station=like.street_station[street_like],
        community_street=owners(COMMUNITIES, TOWNSHIPS),
        community_rural=rural,
        community_key=keys[COUNTIES + TOWNSHIPS :],
        residents=like.residents[model],
        groups=unknown,
        filed=unknown,
        registered=unknown,
        **{name: getattr(like, name)[model] for name in SHARES},
        neighbours=ring(street_district),
    )


def with_stock(inputs: Inputs, stock: int) -> Inputs:
    """The inputs with start densities scaled so that `stock` groups and organizations are expected at the start."""
    record = parameter_record(central_parameters(inputs.parameters))
    even = np.array([(1.0,)] * TOWNSHIPS, [("effect", float)])
    expected = sum(float(kind.sum()) for kind in expected_stock(lay_out(inputs), even, record[0])[0])
    scaled = {
        name: replace(parameter, prior=Prior("fixed", parameter.value * stock / expected))
        for name, parameter in inputs.parameters.items()
        if name in DENSITIES
    }
    return replace(inputs, parameters=inputs.parameters | scaled)


def nation(months: int = MONTHS) -> Inputs:
    """The made-up nation under Hunan's plan of 2021 to 2023."""
    hunan = shortened(scenarios.load(HUNAN), months)
    county = np.arange(COUNTIES) % hunan.place.districts
    city = hunan.funders["city"]
    city = city._replace(budget_yuan=city.budget_yuan * COUNTIES / hunan.place.districts)
    inputs = replace(
        hunan,
        name=Text("虚构的全国，按湖南方案", "made-up nation under Hunan's plan"),
        scenario="nation",
        place=made_up_place(hunan.place),
        timetable=np.ascontiguousarray(hunan.timetable[:, county]),
        shocks=hunan.shocks[:, county],
        clean_up=hunan.clean_up[:, county],
        funders=hunan.funders | {"city": city},
        targets=(),
    )
    return with_stock(inputs, START_STOCK)


class Phases:
    """Seconds and memory of one phase after another, as lines of a table."""

    def __init__(self) -> None:
        print("\n| phase | seconds | memory after it, MB | most so far, MB |\n|---|---:|---:|---:|")
        self.begun = time.perf_counter()

    def done(self, name: str) -> float:
        """Ends a phase; returns its seconds."""
        spent = time.perf_counter() - self.begun
        print(f"| {name} | {spent:.2f} | {resident():.0f} | {most_resident():.0f} |", flush=True)
        self.begun = time.perf_counter()
        return spent


def print_first_touch() -> None:
    """What it takes to write to memory that nobody has used yet, and to the same memory given back and taken again."""
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        np.zeros(TOUCHED, np.uint8)[::4096] = 1
        seconds.append(time.perf_counter() - begun)
    first, again = seconds
    print(f"\nWriting to {TOUCHED // 10**6} MB of fresh memory took {first:.2f} s, to the same again {again:.2f} s.")


def print_arrays(world: World) -> None:
    """The arrays of a world by size."""
    print("\n| array | rows | bytes a row | MB |\n|---|---:|---:|---:|")
    by_size = sorted(world.ARRAYS, key=lambda name: -getattr(world, name).nbytes)
    for name in by_size[:8]:
        array = getattr(world, name)
        print(f"| {name} | {len(array):,} | {array.nbytes // max(1, len(array)):,} | {array.nbytes / 1e6:.0f} |")
    print(f"| all | | | {sum(getattr(world, name).nbytes for name in world.ARRAYS) / 1e6:.0f} |", flush=True)


def run_phases(months: int, seed: int) -> None:
    """One run of the nation, phase by phase."""
    phases = Phases()
    phases.done("loaded, with the town run once")
    inputs = nation(months)
    phases.done("inputs")
    layout = layout_of(inputs)
    phases.done("layout")
    world = begin(inputs, None, seed)
    phases.done("start")
    tallies = np.zeros((months, layout.districts, layout.tallies))
    at_start = int(world.clock["organizations"][0])
    go_on(world, months, tallies, np.zeros(layout.ledger_shape, np.int64))
    seconds = phases.done(f"{months} months")
    work = organization_months(tallies)
    print(f"\n{at_start:,} organizations at the start, {work:,.0f} organization-months: ", end="")
    print(f"{1e9 * seconds / work:.1f} ns each.")
    print_arrays(world)


def main() -> None:
    """A small run first, so that nothing is compiled within the phases; then the nation, as often as asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--repeats", type=int, default=1)
    asked = parser.parse_args()
    print_machine()
    simulate(scenarios.load("town"), None, 1)
    print_first_touch()
    for seed in range(1, asked.repeats + 1):
        run_phases(asked.months, seed)


if __name__ == "__main__":
    main()
