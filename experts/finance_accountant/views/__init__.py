"""What the results of the finance tools look like to a person, one view a tool."""
