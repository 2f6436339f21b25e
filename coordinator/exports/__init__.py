"""Exporters: one file a format, each turning a deliverable into the bytes of its files."""
