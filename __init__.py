"""Miaopu (苗圃): agent-based forecasts of Chinese community social organizations under local action plans.

Importing the package does nothing else: the folders `model`, `scenarios`, `experiments`, `calibration` and
`outputs` are imported by name (`from miaopu.model import Ecosystem`).
"""

from __future__ import annotations

__version__ = "0.1.0"
