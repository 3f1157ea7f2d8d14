/**
 * Class-data archives of drivers, executors and operators: a JVM that starts with one has its
 * classes parsed and verified already. They are made by a small application and by an operator that
 * run without a cluster.
 */
package io.sparkapp.local.archives;
