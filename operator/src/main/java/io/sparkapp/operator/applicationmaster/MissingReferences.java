package io.sparkapp.operator.applicationmaster;

import java.util.List;

/** Looks for what pods refer to. Each look costs a call, so it is taken once. */
@FunctionalInterface
public interface MissingReferences {

  /**
   * Those of {@code references} that are not there.
   *
   * @throws RuntimeException when that can not be found out now
   */
  List<Reference> among(String namespace, List<Reference> references);
}
