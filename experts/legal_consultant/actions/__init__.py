"""What the legal expert does for a step of a flow, one action a file."""
