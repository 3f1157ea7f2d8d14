/**
 * When a ScheduledSparkApp starts its runs, and what becomes of them. Decides and calls nobody.
 * What is said here as in Kubernetes' CronJob is meant as there.
 */
package io.sparkapp.operator.schedule;
