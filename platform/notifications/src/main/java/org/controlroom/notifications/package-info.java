/**
 * How messages travel: by HTTP to a chat or a program, by SMTP to mailboxes.
 *
 * <p>Not here: what is told to whom and when it is tried again; that is {@code org.controlroom.core.notify}. Start with
 * {@link org.controlroom.notifications.WebhookChannel} and {@link org.controlroom.notifications.MailChannel}.
 */
@NullMarked
package org.controlroom.notifications;

import org.jspecify.annotations.NullMarked;
