/**
 * A real Kubernetes control plane as local processes: etcd and kube-apiserver on loopback, their
 * certificates, their kubeconfigs and where their binaries come from.
 *
 * <p>Knows nothing of Spark. Nothing here listens beyond loopback or speaks without TLS.
 */
package io.sparkapp.local.controlplane;
