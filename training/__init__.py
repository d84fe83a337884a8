"""How reader.onnx is made: data, heads, training, export, scoring. Needs torch; nothing in src/ imports it."""
