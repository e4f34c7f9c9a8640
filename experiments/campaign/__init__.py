"""An experiment in its folder: the plan of runs, the parts that hold what they gave, and how to go on."""
