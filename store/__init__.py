"""What the suite remembers: tables, migrations and the functions that read and write them."""
