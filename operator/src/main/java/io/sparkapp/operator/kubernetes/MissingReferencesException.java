package io.sparkapp.operator.kubernetes;

import io.sparkapp.operator.applicationmaster.Reference;
import java.util.List;

/** Something that a pod refers to is not there. */
final class MissingReferencesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Reference> missing;

  MissingReferencesException(List<Reference> missing) {
    super(missing.toString());
    this.missing = List.copyOf(missing);
  }

  List<Reference> missing() {
    return missing;
  }
}
