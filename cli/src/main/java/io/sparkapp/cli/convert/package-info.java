/** From other operators' manifests and spark-submit command lines to SparkApps; pure. */
package io.sparkapp.cli.convert;
