"""What the art and design tools look like, one tool a file."""
