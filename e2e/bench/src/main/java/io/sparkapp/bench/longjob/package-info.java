/** How long long jobs take, beside Spark's standalone backend. */
package io.sparkapp.bench.longjob;
