package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.ContainerImageBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Node object of this machine; pure.
 *
 * @param kubeletVersion the API server's version, as this agent comes with it
 * @param machineId any id that stays the same
 */
record NodeObject(
    String name,
    String hostname,
    String ip,
    int port,
    MachineResources resources,
    Collection<String> images,
    String kubeletVersion,
    String machineId) {

  Node object() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(
            Map.of(
                "kubernetes.io/hostname", name,
                "kubernetes.io/os", operatingSystem(),
                "kubernetes.io/arch", architecture()))
        .endMetadata()
        .build();
  }

  NodeStatus status(Instant now) {
    return new NodeStatusBuilder()
        .withCapacity(resources.capacity())
        .withAllocatable(resources.allocatable())
        .withConditions(conditions(now))
        .addNewAddress(ip, "InternalIP")
        .addNewAddress(hostname, "Hostname")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(port)
        .endDaemonEndpoints()
        .withNewNodeInfo()
        .withArchitecture(architecture())
        .withOperatingSystem(operatingSystem())
        .withBootID(machineId)
        .withMachineID(machineId)
        .withSystemUUID(machineId)
        .withContainerRuntimeVersion("process://" + Runtime.version().feature())
        .withKernelVersion(System.getProperty("os.version"))
        .withKubeletVersion(kubeletVersion)
        .withKubeProxyVersion("")
        .withOsImage(System.getProperty("os.name"))
        .endNodeInfo()
        .withImages(images.stream().sorted().map(NodeObject::image).toList())
        .build();
  }

  private static ContainerImage image(String name) {
    return new ContainerImageBuilder().withNames(name).withSizeBytes(0L).build();
  }

  private static List<NodeCondition> conditions(Instant now) {
    return List.of(
        condition(
            now,
            "MemoryPressure",
            "False",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available"),
        condition(
            now,
            "DiskPressure",
            "False",
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure"),
        condition(
            now,
            "PIDPressure",
            "False",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available"),
        condition(now, "Ready", "True", "KubeletReady", "the node agent runs pods as processes"));
  }

  private static NodeCondition condition(
      Instant now, String type, String status, String reason, String message) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastHeartbeatTime(time)
        .withLastTransitionTime(time)
        .build();
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : name.contains("linux") ? "linux" : name;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
