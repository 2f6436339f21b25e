"""What the marketing and sales expert does for a step of a flow, one file each."""
