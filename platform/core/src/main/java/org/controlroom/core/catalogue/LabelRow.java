package org.controlroom.core.catalogue;

/**
 * One good row of the label file.
 *
 * @param index value of the unnamed first column, which joins it to its product
 * @param label product type code, above 0
 */
public record LabelRow(long index, int label) {}
