package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The containers of one pod.
 *
 * @param init run one after the other, before the others
 * @param main run at the same time
 */
record PodContainers(List<ContainerRunner> init, List<ContainerRunner> main) {

  static PodContainers of(NodeServices node, PodDirectory directory, Pod pod) {
    List<Container> init = pod.getSpec().getInitContainers();
    String mainWaitsFor = init.isEmpty() ? "ContainerCreating" : "PodInitializing";
    return new PodContainers(
        runners(node, directory, init, "PodInitializing"),
        runners(node, directory, pod.getSpec().getContainers(), mainWaitsFor));
  }

  /** The containers whose turn it is: the first init container that has not succeeded, or all. */
  List<ContainerRunner> next() {
    return init.stream()
        .filter(container -> !container.view().succeeded())
        .findFirst()
        .map(List::of)
        .orElse(main);
  }

  /** Whether no container is to be started any more: all have ended, or an init one has failed. */
  boolean done() {
    return main.stream().allMatch(one -> one.view().terminated())
        || init.stream().anyMatch(one -> one.view().terminated() && !one.view().succeeded());
  }

  boolean nothingRuns() {
    return all().noneMatch(container -> container.view().running());
  }

  Optional<ContainerRunner> find(String name) {
    return all().filter(container -> container.name().equals(name)).findFirst();
  }

  void terminate(Pod pod) {
    all().forEach(container -> container.terminate(pod));
  }

  void kill() {
    all().forEach(ContainerRunner::kill);
  }

  /** Takes over what was reported of containers that an earlier agent ran. */
  void takeOver(Pod pod, String interruption) {
    all().forEach(one -> one.takeOver(reported(pod, one.name()), interruption));
  }

  List<ContainerView> initViews() {
    return init.stream().map(ContainerRunner::view).toList();
  }

  List<ContainerView> mainViews() {
    return main.stream().map(ContainerRunner::view).toList();
  }

  private static Optional<ContainerStatus> reported(Pod pod, String container) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .filter(status -> status.getName().equals(container))
        .findFirst();
  }

  private Stream<ContainerRunner> all() {
    return Stream.concat(init.stream(), main.stream());
  }

  private static List<ContainerRunner> runners(
      NodeServices node, PodDirectory directory, List<Container> specs, String waitingFor) {
    return specs.stream()
        .map(spec -> new ContainerRunner(node, directory, spec, waitingFor))
        .toList();
  }
}
