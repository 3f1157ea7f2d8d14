/** Benchmarks; {@code docs/performance.md} says how they are run and what they gave. */
package io.sparkapp.bench;
