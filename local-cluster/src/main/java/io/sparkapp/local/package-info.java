/**
 * A whole Kubernetes cluster for SparkApps on one machine, without root and without containers: the
 * control plane, the controllers that it needs, one node, and the operator.
 *
 * <p>{@link io.sparkapp.local.LocalCluster} is the cluster in this process, {@link
 * io.sparkapp.local.LocalClusterMain} the same as a background process, {@link
 * io.sparkapp.local.LocalClusterClient} what a command line needs to start and end that one.
 */
package io.sparkapp.local;
