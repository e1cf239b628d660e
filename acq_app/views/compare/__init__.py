"""Pictures in the float and in the quantized model, side by side."""
