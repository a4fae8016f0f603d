package org.controlroom.core.model;

/**
 * What this node is called among those that share its database.
 *
 * @param text unique among them
 */
public record NodeName(String text) {
    @Override
    public String toString() {
        return text;
    }
}
