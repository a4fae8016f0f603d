package org.controlroom.sample;

/** One row of the catalogue. The description may be empty, the designation never is. */
record Listing(String designation, String description, long productId, long imageId, int code) {}
