"""What the runs of an experiment say: differences, intervals, sensitivity. Arrays in, tables out."""
