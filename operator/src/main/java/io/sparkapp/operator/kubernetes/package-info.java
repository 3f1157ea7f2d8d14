/** The one door to the API server: observes, has it decided, applies. */
package io.sparkapp.operator.kubernetes;
