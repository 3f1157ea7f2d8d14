package io.sparkapp.local.node;

/**
 * What a container asks for is not there (yet): a Secret, a ConfigMap, a key, a field. The message
 * is the one that the pod's status and events show.
 */
final class ContainerConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContainerConfigException(String message) {
    super(message);
  }
}
