"""Tools of the HR expert, one file each."""
