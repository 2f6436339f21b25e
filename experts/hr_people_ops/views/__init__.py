"""What the results of the HR tools look like to a person, one view a tool."""
