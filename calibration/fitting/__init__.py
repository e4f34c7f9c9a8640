"""The fit by sequential Monte Carlo; its library, pyabc, is an optional extra."""
