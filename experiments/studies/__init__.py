"""Studies that come with the project: experiment files to run as they are or to start from."""
