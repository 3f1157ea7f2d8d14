package io.sparkapp.operator.resourcemanager;

import java.util.Comparator;

/** Names one SparkApp. Ordered, so that what has no other order has this one. */
public record ApplicationId(String namespace, String name) implements Comparable<ApplicationId> {

  private static final Comparator<ApplicationId> ORDER =
      Comparator.comparing(ApplicationId::namespace).thenComparing(ApplicationId::name);

  @Override
  public int compareTo(ApplicationId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
