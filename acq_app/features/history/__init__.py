"""The runs on disk: listed, compared, noted, moved to the trash."""
