"""Bring a database to this program's version, inside the caller's transaction."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from experts.core.errors import Unavailable

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0001"


def upgrade(connection: Connection) -> None:
    """Create or upgrade the schema. A database newer than this program is refused untouched."""
    if connection.dialect.name == "postgresql":  # several programs may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(7449368)"))
    if inspect(connection).has_table("alembic_version"):
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if version == HEAD:
            return  # alembic is slow to import; a current database needs none of it
        if version is not None and version > HEAD:
            raise Unavailable(
                f"the database is at version {version!r}, this program knows up to {HEAD!r};"
                " upgrade the program, or set PIXEL_DATA_DIR to another folder"
            )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
