/** Starts before its driver does, waits for it, and becomes Spark's own executor. */
package io.sparkapp.executor;
