"""The tables, as SQLAlchemy Core. Types are those that SQLite and PostgreSQL share; times are UTC, ISO 8601."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("flow", String(100), nullable=False),
    Column("flow_text", Text, nullable=False),
    Column("pins", JSON, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("parent", String(40), ForeignKey("sessions.id")),
)

facts = Table(
    "facts",
    metadata,
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("path", String(400), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("origin", String(20), nullable=False),
    Column("by", String(400), nullable=False),
    Column("reason", Text, nullable=False),
    Column("basis", String(64)),
    PrimaryKeyConstraint("session", "path", "revision"),
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("step", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("action", String(200), nullable=False),
    Column("input_digest", String(64), nullable=False),
    Column("upstream", JSON, nullable=False),
    Column("called", JSON, nullable=False),
    Column("result", JSON, nullable=False),
    PrimaryKeyConstraint("session", "step", "version"),
    Unique("session", "step", "input_digest"),
)

steps = Table(
    "steps",
    metadata,
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("step", String(100), nullable=False),
    Column("current", Integer),
    Column("narrative", Text),
    Column("narrative_by", String(200)),
    Column("narrative_cites", JSON),
    Column("revision", Integer, nullable=False, default=0),
    PrimaryKeyConstraint("session", "step"),
)

tool_calls = Table(
    "tool_calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("step", String(100), nullable=False),
    Column("expert", String(100), nullable=False),
    Column("tool", String(100), nullable=False),
    Column("arguments_sha256", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Index(None, "session"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("covers", JSON, nullable=False),
    Column("by", String(200), nullable=False),
    Column("via", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("value", Text),
    Column("token_hash", String(64), unique=True),
    Column("at", String(40), nullable=False),
    Index(None, "session"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("session", String(40), ForeignKey("sessions.id"), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", String(40), nullable=False),
    Index(None, "session"),
)
