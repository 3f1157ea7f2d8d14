/** How tests of all modules wait. */
package io.sparkapp.waits;
