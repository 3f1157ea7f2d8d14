/**
 * The controllers that a bare kube-apiserver lacks and that applications need: a scheduler for one
 * node, garbage collection by owner references, and what belongs to each namespace.
 *
 * <p>Knows nothing of Spark: any kind that the API server has is treated alike.
 */
package io.sparkapp.local.controllers;
