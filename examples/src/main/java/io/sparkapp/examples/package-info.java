/** Small programs with results that can be checked. */
package io.sparkapp.examples;
