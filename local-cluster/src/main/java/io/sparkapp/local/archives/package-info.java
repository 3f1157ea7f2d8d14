/**
 * Class-data archives of drivers and executors: a JVM that starts with one has Spark's classes
 * parsed and verified already. They are made by a small application that runs without a cluster.
 */
package io.sparkapp.local.archives;
