"""Words that every expert shares: the contract, quantities, dates, tables and errors."""
