/**
 * The driver's side: Spark's own DAGScheduler and TaskScheduler over a backend that asks an
 * operator for executors instead of creating pods.
 */
package io.sparkapp.driver;
