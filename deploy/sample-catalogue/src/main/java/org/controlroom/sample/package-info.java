/**
 * Generates a product catalogue in the challenge's file layout, the same bytes for the same size and seed.
 * Nothing here reads a catalogue or knows the server; the texts come from the two word lists beside the classes.
 * Read {@link org.controlroom.sample.SampleCatalogue} first.
 */
@NullMarked
package org.controlroom.sample;

import org.jspecify.annotations.NullMarked;
