/**
 * The API's description of itself, {@code /openapi}: made from the resource classes and their records, so that it cannot say
 * anything else than what is answered.
 *
 * <p>Not here: the page that shows it, see {@link org.controlroom.api.operate.DocsServlet}. Start with
 * {@link org.controlroom.api.describe.ApiDescription}.
 */
@NullMarked
package org.controlroom.api.describe;

import org.jspecify.annotations.NullMarked;
