"""Writing the quantized model to a file, with the proof that the file computes the same."""
