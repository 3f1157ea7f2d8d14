package io.sparkapp.crds;

/** What the API server accepts as resources of a queue. */
final class QueueResources {

  /** CEL: names as a pod's requests have them. */
  static final String NAMES = "self.all(name, name in ['cpu', 'memory'] || name.contains('/'))";

  static final String NAMES_MESSAGE =
      "resources are cpu, memory, or extended ones with their domain, as nvidia.com/gpu";

  /** CEL: amounts as a pod's requests have them. One less than nothing the operator finds. */
  static final String AMOUNTS = "self.all(name, isQuantity(string(self[name])))";

  static final String AMOUNTS_MESSAGE =
      "amounts are written as Kubernetes does: cpu as 500m or 16, memory as 64Gi, others as 4";

  /** The API server estimates by it what the rules cost at worst. */
  static final int MOST = 8;

  private QueueResources() {}
}
