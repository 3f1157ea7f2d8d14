package io.sparkapp.operator.web;

import java.util.Set;
import java.util.function.Predicate;

/** In which namespaces somebody may list applications. */
sealed interface Visibility extends Predicate<String> {

  /** In all of them. */
  record Everywhere() implements Visibility {
    @Override
    public boolean test(String namespace) {
      return true;
    }
  }

  /** In these. */
  record In(Set<String> namespaces) implements Visibility {
    @Override
    public boolean test(String namespace) {
      return namespaces.contains(namespace);
    }
  }

  /**
   * Asks for all namespaces at once, and only when that is refused for each that has an
   * application.
   */
  static Visibility of(Visitor visitor, ApiServerGate gate, Revisions revisions) {
    if (gate.may(visitor, Right.listApplications(""))) {
      return new Everywhere();
    }
    return new In(
        revisions.namespaces().stream()
            .filter(namespace -> gate.may(visitor, Right.listApplications(namespace)))
            .collect(java.util.stream.Collectors.toUnmodifiableSet()));
  }
}
