package io.sparkapp.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Copies a text that is offered from its beginning more than once, and each byte only once. */
final class ResumableCopy {

  private static final int BUFFER = 8192;

  private final Sink sink;
  private long copied;

  ResumableCopy(Sink sink) {
    this.sink = sink;
  }

  /** Takes the first bytes of a buffer. */
  interface Sink {
    void take(byte[] bytes, int length);
  }

  /**
   * Copies what is not copied yet.
   *
   * @return false when the stream was cut before its end
   */
  boolean of(InputStream in) {
    try {
      in.skipNBytes(copied);
      byte[] buffer = new byte[BUFFER];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        sink.take(buffer, length);
        copied += length;
      }
      return true;
    } catch (EOFException e) {
      return true; // There is nothing new in it.
    } catch (IOException e) {
      return false;
    }
  }
}
