/**
 * The plugin classifier-onnx: serves ONNX models that were made elsewhere and take the text of a product.
 *
 * <p>Not here: ONNX Runtime, which the bundle lib-onnxruntime has. Start with {@link
 * org.controlroom.plugins.onnx.OnnxClassifierFactory}, then {@link org.controlroom.plugins.onnx.ModelFiles}.
 */
@NullMarked
package org.controlroom.plugins.onnx;

import org.jspecify.annotations.NullMarked;
