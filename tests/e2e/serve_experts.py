"""The other process: every expert over HTTP on a loopback port. `python -m tests.e2e.serve_experts PORT`."""

import sys

import uvicorn

from mcp_servers.compose import quiet
from mcp_servers.serve import expert_servers
from mcp_servers.suite import suite_app

if __name__ == "__main__":
    quiet()
    uvicorn.run(suite_app(expert_servers()), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
