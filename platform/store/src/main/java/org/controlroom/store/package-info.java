/**
 * Catalogue, run history and prediction log in tables and files of the data folder.
 *
 * <p>Not here: models and their artifacts, which belong to the registry. Start with
 * {@link org.controlroom.store.JdbcCatalogue}.
 */
@NullMarked
package org.controlroom.store;

import org.jspecify.annotations.NullMarked;
