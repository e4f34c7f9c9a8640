"""The assumptions log: every judged figure, and how much the answer hangs on it."""
