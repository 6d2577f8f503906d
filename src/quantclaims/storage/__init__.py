"""The dataset on disk: typed frames, fingerprints, Parquet, all-or-nothing replacement."""
