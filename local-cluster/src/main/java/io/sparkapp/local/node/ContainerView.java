package io.sparkapp.local.node;

/**
 * What a pod's status says about one container.
 *
 * @param imageId empty before the image was found
 * @param containerId empty before the first start
 */
record ContainerView(
    String name, String image, String imageId, String containerId, ContainerPhase phase) {

  boolean running() {
    return phase instanceof ContainerPhase.Running;
  }

  boolean terminated() {
    return phase instanceof ContainerPhase.Terminated;
  }

  boolean succeeded() {
    return phase instanceof ContainerPhase.Terminated end && end.succeeded();
  }
}
