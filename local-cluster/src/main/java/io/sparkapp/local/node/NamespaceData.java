package io.sparkapp.local.node;

import java.util.Map;
import java.util.Optional;

/** The Secrets and ConfigMaps of one namespace, read when asked for. */
interface NamespaceData {
  /** A Secret's decoded values; empty if there is no such Secret. */
  Optional<Map<String, byte[]>> secret(String name);

  /** A ConfigMap's values; empty if there is no such ConfigMap. */
  Optional<Map<String, byte[]>> configMap(String name);
}
