"""Tools of the marketing and sales expert, one file each."""
