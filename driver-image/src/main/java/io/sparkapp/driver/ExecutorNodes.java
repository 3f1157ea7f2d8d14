package io.sparkapp.driver;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which node an executor is on. Spark's host of an executor is its pod's address here, which no two
 * share; what YARN knows as a host is the node. Executors tell it when they register.
 */
final class ExecutorNodes {

  /** Of Spark's executor attributes the one that the operator sets on the pod. */
  static final String ATTRIBUTE = "NODE_NAME";

  private final Map<String, String> byHost = new ConcurrentHashMap<>();
  private final Map<String, String> byExecutor = new ConcurrentHashMap<>();

  /** An executor registers; one of an operator of old does not tell its node. */
  void learn(String executor, String host, Optional<String> node) {
    node.filter(name -> !name.isBlank())
        .ifPresent(
            name -> {
              byHost.put(host, name);
              byExecutor.put(executor, name);
            });
  }

  Optional<String> ofHost(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  Optional<String> ofExecutor(String executor) {
    return Optional.ofNullable(byExecutor.get(executor));
  }

  /**
   * What Spark takes for a rack: executors on one node share one, and so does a host of that name,
   * which may hold blocks of a distributed file system.
   */
  String rack(String host) {
    return byHost.getOrDefault(host, host);
  }
}
