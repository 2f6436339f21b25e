"""The HR and people operations expert."""
