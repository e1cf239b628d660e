"""Readers of test sets, one a kind of file. `acq_engine.data.load_test_set` chooses between them."""
