"""Reviews and calculations of the legal expert, one public tool a file."""
