"""Pages for caseworkers, managers, analysts, clients, the public and operators."""
