"""What the art and design expert does for a step of a flow, one file each."""
