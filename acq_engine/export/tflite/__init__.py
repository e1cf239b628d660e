"""Format E, `model.tflite`: written with flatbuffers alone, for LiteRT (once TensorFlow Lite) on phones and boards."""
