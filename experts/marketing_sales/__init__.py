"""Marketing and sales: channel plans, response curves, forecasts, tests."""
