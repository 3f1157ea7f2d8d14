/**
 * A node agent: runs the pods bound to its node as local processes, without root and without
 * containers, and reports on them as a kubelet does.
 *
 * <p>What a container sees of its own files is a matter of text here: the paths in its command,
 * arguments and environment are replaced by those of directories on the machine ({@link
 * io.sparkapp.local.node.PathMapping}). Knows nothing of Spark but one variable that keeps its web
 * interfaces on loopback.
 */
package io.sparkapp.local.node;
