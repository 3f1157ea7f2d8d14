/** The {@code sparkapp} command. */
package io.sparkapp.cli;
