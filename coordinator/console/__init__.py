"""What the command line shows: progress, questions, summaries, tables and their machine-readable twins."""
