"""What the personal assistant does for a step of a flow, one action a file."""
