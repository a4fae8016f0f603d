/**
 * The {@code control-room} command: checks the machine, starts and stops Payara Micro as a process of its own, and brings
 * up the first model through the REST routes that everybody else uses.
 * Nothing of the platform is on its class path, so that it starts in a moment and says what is wrong when the server cannot.
 * Read {@link org.controlroom.launcher.ControlRoom} first.
 */
@NullMarked
package org.controlroom.launcher;

import org.jspecify.annotations.NullMarked;
