package io.sparkapp.local.node;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * What the machine has for pods.
 *
 * @param cpus processors
 * @param memory bytes
 * @param disk bytes of the file system that the pods are on
 */
record MachineResources(int cpus, long memory, long disk) {
  /**
   * How many times each processor is offered. Nothing on this node throttles a process to the CPU
   * it asked for; with the bare count, a few drivers would take all of a small machine and wait for
   * executors that find no room.
   */
  static final int CPU_SHARING = 16;

  /** Kept for the control plane, the node agent and the operator. */
  private static final long RESERVED = 1L << 30;

  private static final int PODS = 110;

  static MachineResources ofThisMachine(long disk) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MachineResources(
        Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize(), disk);
  }

  Map<String, Quantity> capacity() {
    return quantities(memory);
  }

  /** At least half of the memory, even on a machine where that is hardly enough. */
  Map<String, Quantity> allocatable() {
    return quantities(Math.max(memory - RESERVED, memory / 2));
  }

  private Map<String, Quantity> quantities(long bytes) {
    return Map.of(
        "cpu", new Quantity(Integer.toString(cpus * CPU_SHARING)),
        "memory", new Quantity(bytes / 1024 + "Ki"),
        "ephemeral-storage", new Quantity(disk / 1024 + "Ki"),
        "pods", new Quantity(Integer.toString(PODS)));
  }
}
