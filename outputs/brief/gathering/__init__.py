"""From results folders to findings: every figure of a brief, read once."""
