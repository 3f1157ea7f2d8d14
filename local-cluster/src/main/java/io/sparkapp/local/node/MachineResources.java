package io.sparkapp.local.node;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.local.controlplane.ClusterException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the machine has for pods.
 *
 * @param cpus processors
 * @param memory bytes
 * @param disk bytes of the file system that the pods are on
 * @param extended resources of other kinds by their name in Kubernetes, as device plugins offer
 *     them; pods are counted against them, and that is all
 */
record MachineResources(int cpus, long memory, long disk, Map<String, Integer> extended) {
  /** Names extended resources to offer, as {@code example.com/gpu=2,example.com/fpga=1}. */
  static final String EXTENDED = "SPARKAPP_LOCAL_RESOURCES";

  /**
   * How many times each processor is offered. Nothing on this node throttles a process to the CPU
   * it asked for; with the bare count, a few drivers would take all of a small machine and wait for
   * executors that find no room.
   */
  static final int CPU_SHARING = 16;

  /** Kept for the control plane, the node agent and the operator. */
  private static final long RESERVED = 1L << 30;

  private static final int PODS = 110;

  private static final Pattern RESOURCE =
      Pattern.compile("([a-z0-9][a-z0-9.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*)=([0-9]{1,6})");

  static MachineResources ofThisMachine(long disk, Map<String, String> environment) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MachineResources(
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        disk,
        extended(environment.getOrDefault(EXTENDED, "")));
  }

  /**
   * @throws ClusterException when the text is no list of names and numbers
   */
  static Map<String, Integer> extended(String text) {
    Map<String, Integer> extended = new TreeMap<>();
    for (String each : text.isBlank() ? new String[0] : text.split(",")) {
      Matcher matcher = RESOURCE.matcher(each.strip());
      if (!matcher.matches()) {
        throw new ClusterException(
            "%s is \"%s\": write it as example.com/gpu=2,example.com/fpga=1."
                .formatted(EXTENDED, text));
      }
      extended.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
    return extended;
  }

  Map<String, Quantity> capacity() {
    return quantities(memory);
  }

  /** At least half of the memory, even on a machine where that is hardly enough. */
  Map<String, Quantity> allocatable() {
    return quantities(Math.max(memory - RESERVED, memory / 2));
  }

  private Map<String, Quantity> quantities(long bytes) {
    Map<String, Quantity> quantities = new TreeMap<>();
    quantities.put("cpu", new Quantity(Integer.toString(cpus * CPU_SHARING)));
    quantities.put("memory", new Quantity(bytes / 1024 + "Ki"));
    quantities.put("ephemeral-storage", new Quantity(disk / 1024 + "Ki"));
    quantities.put("pods", new Quantity(Integer.toString(PODS)));
    extended.forEach((name, number) -> quantities.put(name, new Quantity(number.toString())));
    return quantities;
  }
}
