/** Hand-written, in-memory ports for the tests of the rules. */
package org.controlroom.core.fake;
