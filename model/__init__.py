"""The world: agents, the month, indicators and targets."""
