"""Municipality, committees, administrations, units, providers; accounts and roles."""
