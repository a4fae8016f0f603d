/**
 * Starts ONNX Runtime so that no plugin is kept by it.
 *
 * <p>Not here: ONNX Runtime itself, which is in {@code ai.onnxruntime}. Start with {@link org.controlroom.onnxruntime.OnnxRuntime}.
 */
@NullMarked
package org.controlroom.onnxruntime;

import org.jspecify.annotations.NullMarked;
