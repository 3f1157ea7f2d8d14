package io.sparkapp.cli;

import io.sparkapp.crds.Usage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What an application that has ended used, and what would have done. */
final class UsageLines {

  private UsageLines() {}

  /** A sentence for the driver, one for the executors; none where too little is known. */
  static List<String> of(Usage usage) {
    return usage == null
        ? List.of()
        : Stream.of(usage.driver(), usage.executor())
            .filter(Objects::nonNull)
            .map(Usage.OfRole::sentence)
            .toList();
  }
}
