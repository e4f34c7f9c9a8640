"""Patterns of stocks of organizations in a place, and of how money and filings fall among them."""

from __future__ import annotations

import numpy as np

from .figures import gini, growth, ratio, top_share
from .runs import Runs

ORGANIZATIONS = "organizations"
CAPABILITIES = ("governance", "service_capability", "finance_capability", "leadership")
_FIVE_YEARS, _SIX_YEARS, _EIGHT_YEARS = 60, 71, 95  # month indices; the first is 0


def drive_growth(runs: Runs) -> float:
    """Growth per year over five years of a drive."""
    return growth(runs["drive"].path(ORGANIZATIONS), 0, _FIVE_YEARS)


def usual_growth(runs: Runs) -> float:
    """Growth per year over five years without a plan."""
    return growth(runs["usual"].path(ORGANIZATIONS), 0, _FIVE_YEARS)


def filing_alone_multiple(runs: Runs) -> float:
    """Organizations after five years of filing alone, times those of the start."""
    path = runs["filing"].path(ORGANIZATIONS)
    return ratio(path[_FIVE_YEARS], path[0])


def filing_alone_stops(runs: Runs) -> float:
    """Net growth in the fifth year of filing alone over that in the first."""
    path = runs["filing"].path(ORGANIZATIONS)
    return ratio(path[60] - path[48], path[12] - path[0])


def urban_rural(runs: Runs) -> float:
    """Organizations per urban community over those per village after six years of a drive."""
    urban, rural = (runs["drive"].path(f"organizations_per_{kind}_community") for kind in ("urban", "rural"))
    return ratio(urban[_SIX_YEARS], rural[_SIX_YEARS])


def registered_diluted(runs: Runs) -> float:
    """Registered share after five years of a drive over that without it."""
    drive, usual = (runs[name].path("registered_share")[_FIVE_YEARS] for name in ("drive", "usual"))
    return ratio(drive, usual)


def registered_level(runs: Runs) -> float:
    """Registered share after six years of a drive."""
    return float(runs["drive"].path("registered_share")[_SIX_YEARS])


def culture_first(runs: Runs) -> float:
    """Share of culture and sport at the start."""
    return float(runs["drive"].path("culture_share")[0])


def culture_falls(runs: Runs) -> float:
    """Change of that share over six years of a drive."""
    path = runs["drive"].path("culture_share")
    return float(path[_SIX_YEARS] - path[0])


def service_grows(runs: Runs) -> float:
    """Change of the share of service organizations over six years of a drive."""
    path = runs["drive"].path("service_share")
    return float(path[_SIX_YEARS] - path[0])


def support_grows(runs: Runs) -> float:
    """Organizations after five years with money and training over those without."""
    return ratio(*(runs[name].path(ORGANIZATIONS)[_FIVE_YEARS] for name in ("support", "usual")))


def supervision_grows(runs: Runs) -> float:
    """Organizations after five years with stricter supervision over those without."""
    return ratio(*(runs[name].path(ORGANIZATIONS)[_FIVE_YEARS] for name in ("supervision", "usual")))


def reported_lags(runs: Runs) -> float:
    """Two years after a drive: ratio of the stock on the books less ratio of those at work."""
    books, active = (runs["drive"].path(name) for name in (ORGANIZATIONS, "active_organizations"))
    return ratio(books[_EIGHT_YEARS], books[_SIX_YEARS]) - ratio(active[_EIGHT_YEARS], active[_SIX_YEARS])


def decay_active(runs: Runs) -> float:
    """Growth per year of those at work in the two years after a drive."""
    return growth(runs["drive"].path("active_organizations"), _SIX_YEARS, _EIGHT_YEARS)


def cleanup_removes(runs: Runs) -> float:
    """Struck off in the five months of a clean-up over those dormant before it."""
    run = runs["clean-up"]
    before, end = run.month(2021, 7), run.month(2021, 12)
    dormant = run.path(ORGANIZATIONS)[before] - run.path("active_organizations")[before]
    return ratio(run.tally("dissolved")[before + 1 : end + 1].sum(), dormant)


def rush_filings(runs: Runs) -> float:
    """Share of the filings of six years of a drive that fall in fourth quarters."""
    filed = runs["drive"].tally("newly_filed")[: _SIX_YEARS + 1]
    return ratio(filed.reshape(-1, 12)[:, 9:].sum(), filed.sum())


def street_inequality(runs: Runs) -> float:
    """Gini coefficient of organizations per community between streets at the start."""
    return gini(runs["usual"].history.street_stock)


def graduation_half(runs: Runs) -> float:
    """Graduated among those that left incubation in the last three years."""
    graduated, left = (runs["support"].tally(name)[-36:].sum() for name in ("graduated", "left_incubation"))
    return ratio(graduated, graduated + left)


def grants_concentrated(runs: Runs) -> float:
    """Share of last year's public money that went to the tenth with most of it."""
    return top_share(runs["support"].history.last_public, 0.1)


def capability_all_areas(runs: Runs) -> float:
    """The smallest of the four gains in capability after three years of money and training."""
    gains = [runs["support"].path(name)[35] - runs["usual"].path(name)[35] for name in CAPABILITIES]
    return float(np.min(gains))


MEASURES = {
    measure.__name__: measure
    for measure in (
        drive_growth, usual_growth, filing_alone_multiple, filing_alone_stops, urban_rural, registered_diluted,
        registered_level, culture_first, culture_falls, service_grows, support_grows, supervision_grows,
        reported_lags, decay_active, cleanup_removes, rush_filings, street_inequality, graduation_half,
        grants_concentrated, capability_all_areas,
    )
}  # fmt: skip
