"""Makes experts work together: plans, drives, checks and exports; reaches experts only over MCP."""
