package io.sparkapp.local.node;

/** An image that a container names is not on this node; the message says which ones are. */
final class ImageNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImageNotFoundException(String message) {
    super(message);
  }
}
