"""The edge: the only folder that serves MCP."""
