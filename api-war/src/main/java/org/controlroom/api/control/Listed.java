package org.controlroom.api.control;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route that answers a paged list and reads its query with {@link Paging}: says in {@code /openapi} what can be filtered
 * and sorted by. A name that ends in {@code .<key>} stands for any key.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Listed {

    /** Names of query parameters that filter. */
    String[] filters() default {};

    /** Values of {@code sort}; each may have {@code -} in front. */
    String[] sorts() default {};
}
