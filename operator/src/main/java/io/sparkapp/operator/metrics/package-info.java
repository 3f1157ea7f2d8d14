/**
 * What the operator tells Prometheus of itself, of applications and of queues. It decides nothing.
 */
package io.sparkapp.operator.metrics;
