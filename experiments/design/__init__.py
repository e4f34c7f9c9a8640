"""What an experiment is: its factors, its design, and the list of runs that follows from them."""
