"""Register to Parquet; nothing else reads rows for analysis."""
