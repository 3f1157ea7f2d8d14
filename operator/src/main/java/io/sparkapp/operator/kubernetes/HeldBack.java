package io.sparkapp.operator.kubernetes;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Applications that are not decided about before all pods are known, for they may have some. */
final class HeldBack {

  private final BooleanSupplier known;
  private final Consumer<Collection<ApplicationId>> again;
  private final Set<ApplicationId> held = ConcurrentHashMap.newKeySet();

  /**
   * @param known whether all pods are
   * @param again has applications decided about
   */
  HeldBack(BooleanSupplier known, Consumer<Collection<ApplicationId>> again) {
    this.known = known;
    this.again = again;
  }

  /** Whether its decision is to wait; it is made as soon as all pods are known. */
  boolean holds(SparkApp app) {
    if (known.getAsBoolean()) {
      return false;
    }
    held.add(SparkAppNews.id(app));
    // They may have become known, and all that were held let go, before this one was.
    return !known.getAsBoolean();
  }

  /** All pods are known now. */
  void letGo() {
    List<ApplicationId> all = List.copyOf(held);
    held.clear();
    again.accept(all);
  }
}
