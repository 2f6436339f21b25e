"""Calculations of the finance expert, one public tool a file."""
