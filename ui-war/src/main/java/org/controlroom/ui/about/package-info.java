/**
 * The About page: version, build, configuration and licences.
 *
 * <p>Not here: where the configuration is read and masked, which is the API. Start with
 * {@link org.controlroom.ui.about.AboutPage}; the markup is {@code about.xhtml}.
 */
@NullMarked
package org.controlroom.ui.about;

import org.jspecify.annotations.NullMarked;
