/**
 * The smallest complete plugin: a classifier that looks at no feature and answers how frequent each label was.
 *
 * <p>Not here: anything worth serving; it is the tutorial (docs/plugin-guide.md) and the baseline every model must beat.
 * Start with {@link org.controlroom.plugins.majority.MajorityTrainer}.
 */
@NullMarked
package org.controlroom.plugins.majority;

import org.jspecify.annotations.NullMarked;
