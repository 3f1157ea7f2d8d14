package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one pod over its life: prepared, kept up to date, deleted. */
final class PodFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PodFiles.class);

  private final NodeServices node;
  private final PodDirectory directory;
  private final PodVolumes volumes;
  private final PodTokens tokens;
  private boolean prepared;
  private boolean refusedBefore;

  PodFiles(NodeServices node, PodDirectory directory, Pod pod) {
    this.node = node;
    this.directory = directory;
    this.volumes = new PodVolumes(directory);
    this.tokens = new PodTokens(node.client(), pod, node.clock());
  }

  /**
   * Prepares the volumes.
   *
   * @return whether that worked; if not, an event says why
   */
  boolean prepare(PodFields fields) {
    try {
      volumes.prepare(fields.pod(), content(fields));
      prepared = true;
    } catch (ContainerConfigException | UncheckedIOException e) {
      node.events().warning(fields.pod(), "FailedMount", e.getMessage());
    } catch (KubernetesClientException e) {
      // The API server lets a node read what its pods need a moment after they are bound.
      if (refusedBefore) {
        node.events().warning(fields.pod(), "FailedMount", e.getMessage());
      }
      refusedBefore = true;
    }
    return prepared;
  }

  boolean prepared() {
    return prepared;
  }

  PodVolumes volumes() {
    return volumes;
  }

  /** Brings the files up to date: all, or those that show the pod's labels and annotations. */
  void refresh(PodFields fields, boolean all) {
    if (!prepared) {
      return;
    }
    try {
      volumes.refresh(fields.pod(), content(fields), all);
    } catch (ContainerConfigException | KubernetesClientException e) {
      // The files stay as they are, as with a kubelet; the next round tries again.
      node.events().warning(fields.pod(), "FailedMount", e.getMessage());
    }
  }

  /** Deletes the volumes; the logs stay. */
  void deleteVolumes() {
    orLeave(directory::deleteVolumes);
  }

  /** Deletes all files of the pod. */
  void delete() {
    orLeave(directory::delete);
  }

  private void orLeave(Runnable deletion) {
    try {
      deletion.run();
    } catch (UncheckedIOException e) {
      // A process that has left the container may still write there; the next start deletes them.
      LOG.warn("Files of a pod are left in {}.", directory.root(), e);
    }
  }

  private VolumeContent content(PodFields fields) {
    String namespace = fields.pod().getMetadata().getNamespace();
    return new VolumeContent(fields, new ApiNamespaceData(node.client(), namespace), tokens::token);
  }
}
