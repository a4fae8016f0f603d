package org.controlroom.text;

/** How much of a catalogue text is removed before it is split into words. */
public enum Cleaning {
    /** Nothing. */
    NONE,
    /** HTML tags and entities are resolved, white space is collapsed. */
    MARKUP,
    /** As MARKUP; URLs, e-mail addresses, references, codes and long numbers are removed as well. */
    ALL
}
