"""Statistical checks of the calibration: from simulations and weights to tables; no file, no clock, no simulation."""
