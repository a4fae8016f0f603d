/**
 * What both SQL adapters share: transactions with retry and error codes, migrations, and lists paged by keyset.
 *
 * <p>Not here: any table; each adapter owns its own. Start with {@link org.controlroom.jdbc.Database}.
 */
@NullMarked
package org.controlroom.jdbc;

import org.jspecify.annotations.NullMarked;
