"""What a coarser question would win back, for the analyst before publishing: an inside view (`disclosure.suggest`)."""
