/** What is measured of the operator at a real API server, where no pod runs. */
package io.sparkapp.bench.apiserver;
