"""One file a tool: how its result looks to a person."""
