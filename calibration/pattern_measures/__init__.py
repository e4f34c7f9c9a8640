"""By how much a run shows a pattern: runs, what is read off them, and one short function for each pattern."""
