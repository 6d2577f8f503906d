"""The dataset as it was built and checked: claims.parquet, articles.parquet and what they were made from."""
