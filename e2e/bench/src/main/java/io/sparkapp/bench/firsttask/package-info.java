/** How long it takes until an application's first task runs, beside spark-submit. */
package io.sparkapp.bench.firsttask;
