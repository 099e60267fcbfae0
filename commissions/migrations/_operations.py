"""Operations of Django's own, put together so that a new database is quick to make."""

from django.db.migrations import SeparateDatabaseAndState


class CreateModels(SeparateDatabaseAndState):
    """Make many tables as one step.

    After each step Django builds anew every model that is tied to the one it
    changed. Here that is nearly all of them, so each step but one is saved.
    """

    def __init__(self, operations):
        super().__init__(database_operations=operations, state_operations=operations)

    def state_forwards(self, app_label, state):
        """Add all the models, and let them be built when they are first asked for."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Make each table in the order given."""
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Drop each table, the last first."""
        for operation in reversed(self.database_operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)
