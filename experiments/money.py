"""What a policy costs the public purse, from the ledger."""

from __future__ import annotations

import numpy as np

PUBLIC_PURSES = ("city", "district_bureau", "street", "lottery", "livelihood_projects")
NOT_SPENT = ("lapse", "others")  # money given back, and projects that other contractors carry out in any case


def spent_by_year(ledger: np.ndarray) -> np.ndarray:
    """Yuan that public purses spend on hubs, organizations and programmes, by year.

    `ledger` is (years, accounts, instruments) in fen. Community funds are private money and not counted.
    """
    from ..model.ledger import ACCOUNTS, FEN, INSTRUMENTS

    payers = [ACCOUNTS.index(name) for name in PUBLIC_PURSES]
    paid = [k for k, item in enumerate(INSTRUMENTS) if item.flow != "in" and item.name not in NOT_SPENT]
    return ledger[:, payers][:, :, paid].sum(axis=(1, 2)) / FEN
