"""The role under which the portal runs on PostgreSQL: less than the tables' owner.

Who owns a table may disable its triggers, so the portal is migrated by one role
and served by another, which reads and writes rows and no more: it cannot drop or
disable a guard, empty a table, set a sequence back, or change an entry.
"""

from django.db import connections

from commissions.record.references import NotReady
from commissions.record.triggers import TABLE

MAY_READ_ONLY = ("django_migrations",)


def grants(role):
    """Return what gives a role, by its quoted name, what serving the portal needs."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE ON {TABLE} FROM {role}",
        *(
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}"
            for table in MAY_READ_ONLY
        ),
    ]


def refuse_a_greater(role, cursor):
    """Raise NotReady for a role that is missing, or that no grant could bind."""
    cursor.execute(
        "SELECT r.rolsuper, pg_has_role(r.rolname, t.tableowner, 'MEMBER') "
        "FROM pg_roles r, pg_tables t WHERE r.rolname = %s AND t.tablename = %s",
        [role, TABLE],
    )
    found = cursor.fetchone()
    if found is None:
        raise NotReady(f"There is no role “{role}”. Make it first: README.md says how.")
    if any(found):
        raise NotReady(
            f"“{role}” owns the tables or is a superuser, so nothing can be kept from "
            "it. Name the role that serves the portal, not the one that migrates it."
        )


def grant(role, using="default"):
    """Give a role what serving the portal needs, and no more; safe to run again."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        raise NotReady("Only PostgreSQL knows roles. On SQLite there is nothing to do.")
    with connection.cursor() as cursor:
        refuse_a_greater(role, cursor)
        for statement in grants(connection.ops.quote_name(role)):
            cursor.execute(statement)
