/**
 * Telling people what happened: which notices become messages, what the messages say, and when each is tried again.
 *
 * <p>Not here: how a message travels and where it is kept. Start with {@link org.controlroom.core.notify.MakeMessages},
 * then {@link org.controlroom.core.notify.SendDue}.
 */
@NullMarked
package org.controlroom.core.notify;

import org.jspecify.annotations.NullMarked;
