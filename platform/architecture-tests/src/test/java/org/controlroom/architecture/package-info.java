/**
 * Rules about the code of all modules: who may see whom, where things belong, what nobody may do.
 *
 * <p>Not here: rules about single modules; their own tests have those. Start with
 * {@link org.controlroom.architecture.ArchitectureTest}; every rule is shown to be able to fail in
 * {@link org.controlroom.architecture.RulesCanFailTest}.
 */
@NullMarked
package org.controlroom.architecture;

import org.jspecify.annotations.NullMarked;
