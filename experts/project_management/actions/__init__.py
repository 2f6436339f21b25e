"""Actions of the project manager."""
