"""A print shop's own MCP server: it knows nothing of Pixel Experts. Run: python examples/servers/print_shop.py"""

from datetime import date, timedelta

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

server = MCPServer("print-shop", log_level="WARNING")
RATES = {"A6": 0.062, "A5": 0.098, "A4": 0.171}


@server.tool()
def quote_print(copies: int, size: str, ordered_on: str, express: bool = False) -> dict[str, object]:
    """Quote a print run: price in US dollars and the day it is ready."""
    if size not in RATES:
        raise ToolError(f"we print {', '.join(RATES)}, not {size}")
    price = round(45 + copies * RATES[size] * (1.4 if express else 1.0), 2)
    ready = date.fromisoformat(ordered_on) + timedelta(days=3 if express else 8)
    return {"price": price, "unit_price": round(price / copies, 4), "ready_on": ready.isoformat(), "paper": "300 gsm"}


if __name__ == "__main__":
    server.run("stdio")
