/**
 * The contracts every plugin must pass, and the fakes that tests of the platform use instead of plugins.
 *
 * <p>Not here: anything that needs a container, a database or the platform's core. Start with {@link
 * org.controlroom.testkit.ClassifierContract}, which a plugin's contract test extends.
 */
@NullMarked
package org.controlroom.testkit;

import org.jspecify.annotations.NullMarked;
