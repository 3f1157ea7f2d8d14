/** Apache Spark as it comes, which ours is compared with. */
package io.sparkapp.bench.stock;
