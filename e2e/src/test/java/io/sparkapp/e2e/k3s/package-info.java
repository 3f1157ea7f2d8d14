/** The whole product on a real node: images, chart, operator and Spark, on k3s in a container. */
package io.sparkapp.e2e.k3s;
