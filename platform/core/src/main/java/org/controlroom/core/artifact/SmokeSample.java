package org.controlroom.core.artifact;

import org.controlroom.spi.Product;

/**
 * A product whose answer is known, to find out whether a loaded model still answers the same.
 *
 * @param probabilities of every label, as the model gave them right after training
 */
public record SmokeSample(Product product, float[] probabilities) {}
