"""What the think tank does for a step of a flow, one action a file."""
