package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.operator.resourcemanager.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Volcano: pods of a gang name a PodGroup; it places none of them before it can place {@code
 * minMember}. For pods that name none its controller makes one that any of them is enough for.
 *
 * @see <a
 *     href="https://github.com/volcano-sh/apis/tree/master/pkg/apis/scheduling/v1beta1">PodGroup
 *     and the names of annotations</a>
 * @see <a
 *     href="https://github.com/volcano-sh/volcano/blob/master/pkg/controllers/podgroup/pg_controller_handler.go">What
 *     becomes of pods without a group</a>
 * @param queue its queue; empty for the one called default
 */
record Volcano(Optional<String> queue) implements OtherScheduler {

  static final String API_VERSION = "scheduling.volcano.sh/v1beta1";
  static final String POD_GROUP = "PodGroup";

  private static final String SCHEDULER = "volcano";
  private static final String GROUP = "scheduling.k8s.io/group-name";
  private static final String QUEUE = "scheduling.volcano.sh/queue-name";

  @Override
  public BatchMarks each(String name) {
    Map<String, String> annotations = queue.map(each -> Map.of(QUEUE, each)).orElse(Map.of());
    return new BatchMarks(SCHEDULER, Map.of(), annotations);
  }

  @Override
  public BatchMarks driver(String name, Pod driver, List<Pod> executors) {
    return BatchMarks.annotations(Map.of(GROUP, name));
  }

  @Override
  public BatchMarks executor(Pod driver) {
    return BatchMarks.annotations(Map.of(GROUP, OtherScheduler.annotation(driver, GROUP)));
  }

  @Override
  public Optional<GenericKubernetesResource> group(String name, Pod driver, List<Pod> executors) {
    Resources needed =
        PodRequests.of(driver).plus(PodRequests.of(executors.get(0)).times(executors.size()));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("minMember", executors.size() + 1);
    spec.put("minResources", needed.asQuantities());
    queue.ifPresent(each -> spec.put("queue", each));
    Optional.ofNullable(driver.getSpec().getPriorityClassName())
        .ifPresent(each -> spec.put("priorityClassName", each));
    GenericKubernetesResource group = new GenericKubernetesResource();
    group.setApiVersion(API_VERSION);
    group.setKind(POD_GROUP);
    group.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(driver.getMetadata().getNamespace())
            .withLabels(ofAttempt(driver))
            .build());
    group.setAdditionalProperties(Map.of("spec", spec));
    return Optional.of(group);
  }

  private static Map<String, String> ofAttempt(Pod driver) {
    Map<String, String> labels = new LinkedHashMap<>(driver.getMetadata().getLabels());
    labels.keySet().retainAll(List.of(Names.MANAGED_BY, Names.APP, Names.ATTEMPT));
    return labels;
  }
}
