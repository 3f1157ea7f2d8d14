package io.sparkapp.local.controlplane;

/**
 * The local cluster cannot do what was asked. The message is one plain sentence for the user: what
 * failed, why, and what to do.
 */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
