"""What the art and design expert can compute, one tool a file."""
