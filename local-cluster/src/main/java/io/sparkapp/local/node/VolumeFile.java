package io.sparkapp.local.node;

import java.util.Arrays;

/** A file of a volume that the agent fills. */
record VolumeFile(byte[] content, boolean executable) {

  @Override
  public boolean equals(Object other) {
    return other instanceof VolumeFile file
        && executable == file.executable
        && Arrays.equals(content, file.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content) + (executable ? 1 : 0);
  }
}
