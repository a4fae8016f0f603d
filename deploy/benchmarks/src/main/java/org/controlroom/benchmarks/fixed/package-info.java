/**
 * The web application that is deployed beside ours to learn what the server itself can do. It computes nothing and is no
 * part of the distribution. There is only {@code FixedAnswerServlet}.
 */
@NullMarked
package org.controlroom.benchmarks.fixed;

import org.jspecify.annotations.NullMarked;
