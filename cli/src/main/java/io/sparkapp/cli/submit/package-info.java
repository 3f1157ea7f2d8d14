/**
 * From spark-submit's options and Spark's properties to a SparkApp; pure, but for files that they
 * name.
 */
package io.sparkapp.cli.submit;
