"""ONNX files: the network that is exported, its operators, its translation."""
