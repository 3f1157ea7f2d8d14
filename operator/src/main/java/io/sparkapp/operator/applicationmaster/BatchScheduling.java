package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.SparkApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods another scheduler of the cluster is to start together: the driver, and the executors
 * that the attempt starts with, up to the application's minimum. As soon as the driver has a node
 * that has been done; executors that come later are pods of their own. Without a driver's pod there
 * is no gang.
 */
final class BatchScheduling {

  /** Annotation of the gang's pods: how many executors are of it. */
  static final String GANG = SparkApp.GROUP + "/gang";

  private final Observed observed;
  private final OtherScheduler scheduler;

  private BatchScheduling(Observed observed, OtherScheduler scheduler) {
    this.observed = observed;
    this.scheduler = scheduler;
  }

  /**
   * Pods as an attempt starts with them.
   *
   * @param driver the driver's; none when it has no pod
   * @param executors those of executors
   * @param before what is to be done before they are made
   */
  record Start(List<Pod> driver, List<Pod> executors, List<Action> before) {}

  /** The same pods with what the other scheduler has to know, if there is one. */
  static Start start(Observed observed, List<Pod> driver, List<Pod> executors) {
    return OtherScheduler.of(observed.app().getSpec())
        .map(scheduler -> new BatchScheduling(observed, scheduler).start(driver, executors))
        .orElseGet(() -> new Start(driver, executors, List.of()));
  }

  /** Executors that are made when the driver is there. */
  static List<Pod> more(Observed observed, List<Pod> executors) {
    return OtherScheduler.of(observed.app().getSpec())
        .map(scheduler -> new BatchScheduling(observed, scheduler).more(executors))
        .orElse(executors);
  }

  private Start start(List<Pod> driver, List<Pod> executors) {
    int fewest = observed.app().getSpec().executor().fewest();
    List<Pod> gang =
        driver.isEmpty()
            ? List.of()
            : executors.stream().filter(BatchScheduling::ofDefaultProfile).limit(fewest).toList();
    if (gang.isEmpty()) {
      return new Start(alone(driver), alone(executors), List.of());
    }
    Pod leader = marked(gang.size(), scheduler.driver(name(), driver.get(0), gang), driver.get(0));
    List<Action> before =
        scheduler
            .group(name(), leader, gang)
            .<Action>map(
                group -> new Action.CreatePodGroup(observed.names().applicationId(), group))
            .stream()
            .toList();
    return new Start(List.of(leader), joined(leader, gang.size(), executors), before);
  }

  private List<Pod> more(List<Pod> executors) {
    Optional<Pod> leader =
        observed.driver().filter(pod -> pod.getSpec().getNodeName() == null).filter(this::inGang);
    return leader
        .map(pod -> joined(pod, Math.max(0, size(pod) - there()), executors))
        .orElseGet(() -> alone(executors));
  }

  /** Of the gang's executors those that an operator has made which then was killed. */
  private int there() {
    return (int) observed.executors().stream().filter(this::inGang).count();
  }

  /** The first of them join the gang, as far as it has places. */
  private List<Pod> joined(Pod leader, int places, List<Pod> executors) {
    List<Pod> result = new ArrayList<>();
    int left = places;
    for (Pod executor : executors) {
      if (left > 0 && ofDefaultProfile(executor)) {
        result.add(marked(size(leader), scheduler.executor(leader), executor));
        left--;
      } else {
        result.add(alone(executor));
      }
    }
    return result;
  }

  private Pod marked(int size, BatchMarks marks, Pod pod) {
    Map<String, String> gang = Map.of(GANG, Integer.toString(size));
    return BatchMarks.annotations(gang).on(marks.on(alone(pod)));
  }

  private List<Pod> alone(List<Pod> pods) {
    return pods.stream().map(this::alone).toList();
  }

  private Pod alone(Pod pod) {
    return scheduler.each(name()).on(pod);
  }

  private boolean inGang(Pod pod) {
    return pod.getMetadata().getAnnotations() != null
        && pod.getMetadata().getAnnotations().containsKey(GANG);
  }

  private static int size(Pod leader) {
    return Integer.parseInt(leader.getMetadata().getAnnotations().get(GANG));
  }

  private static boolean ofDefaultProfile(Pod executor) {
    return "0".equals(executor.getMetadata().getLabels().get(Names.PROFILE));
  }

  /**
   * YuniKorn knows applications of all namespaces by one name, and Kueue remembers groups: so part
   * of the UID belongs to it. At most 63 characters, for it becomes a label.
   */
  private String name() {
    ObjectMeta app = observed.app().getMetadata();
    return "%.40s-%d-%.8s".formatted(app.getName(), observed.attempt(), app.getUid());
  }
}
