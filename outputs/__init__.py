"""Charts and tables from results folders."""
