/**
 * Who may call what: the roles, and the annotation with which every route names the one it needs.
 *
 * <p>Not here: signing in and refusing, which come with accounts. Start with {@link org.controlroom.api.access.NeedsRole}.
 */
@NullMarked
package org.controlroom.api.access;

import org.jspecify.annotations.NullMarked;
