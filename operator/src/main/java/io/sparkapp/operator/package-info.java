/** Starts the operator from its environment. */
package io.sparkapp.operator;
