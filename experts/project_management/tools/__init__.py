"""Tools of the project manager."""
