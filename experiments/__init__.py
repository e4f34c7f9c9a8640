"""Many runs: forecasts and their verification."""
