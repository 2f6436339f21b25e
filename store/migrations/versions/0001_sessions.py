"""Sessions, facts, artifacts, steps, tool calls, decisions and events.

Frozen: later changes are new revisions, so the tables are written out here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _session() -> sa.Column[str]:
    return sa.Column("session", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("flow", sa.String(100), nullable=False),
        sa.Column("flow_text", sa.Text, nullable=False),
        sa.Column("pins", sa.JSON, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("parent", sa.String(40), sa.ForeignKey("sessions.id")),
    )
    op.create_table(
        "facts",
        _session(),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True)),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("by", sa.String(400), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("basis", sa.String(64)),
        sa.PrimaryKeyConstraint("session", "path", "revision"),
    )
    op.create_table(
        "artifacts",
        _session(),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("input_digest", sa.String(64), nullable=False),
        sa.Column("upstream", sa.JSON, nullable=False),
        sa.Column("called", sa.JSON, nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("session", "step", "version"),
        sa.UniqueConstraint("session", "step", "input_digest"),
    )
    op.create_table(
        "steps",
        _session(),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("current", sa.Integer),
        sa.Column("narrative", sa.Text),
        sa.Column("narrative_by", sa.String(200)),
        sa.Column("narrative_cites", sa.JSON),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("session", "step"),
    )
    op.create_table(
        "tool_calls",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _session(),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("expert", sa.String(100), nullable=False),
        sa.Column("tool", sa.String(100), nullable=False),
        sa.Column("arguments_sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(40), nullable=False, unique=True),
        _session(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("covers", sa.JSON, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("via", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("token_hash", sa.String(64), unique=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _session(),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    for table in ("tool_calls", "decisions", "events"):
        op.create_index(f"ix_{table}_session", table, ["session"])
