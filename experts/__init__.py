"""The business experts: domain functions and data, served by `mcp_servers`."""
