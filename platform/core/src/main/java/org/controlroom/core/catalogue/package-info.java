/**
 * The catalogue of products: the pipeline that loads it from files, and the rules which rows it can take.
 *
 * <p>Not here: reading CSV or writing tables; that is the store behind port Catalogue. Start with
 * {@link org.controlroom.core.catalogue.LoadDataPipeline}.
 */
@NullMarked
package org.controlroom.core.catalogue;

import org.jspecify.annotations.NullMarked;
