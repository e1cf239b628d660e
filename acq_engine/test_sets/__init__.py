"""Readers of test sets, one a kind of file. `acq_engine.test_sets.loading.load_test_set` chooses between them."""
