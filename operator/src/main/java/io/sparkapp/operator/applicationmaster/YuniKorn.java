package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Apache YuniKorn: it reserves the place of each task group by placeholder pods, and then lets the
 * pods of the group take these places. A task group is told as its pods are.
 *
 * @see <a
 *     href="https://yunikorn.apache.org/docs/user_guide/labels_and_annotations_in_yunikorn">Labels
 *     and annotations</a>
 * @see <a href="https://yunikorn.apache.org/docs/user_guide/gang_scheduling">Gang scheduling</a>
 * @param queue its queue, as {@code root.sandbox}; empty when its placement rules say it
 */
record YuniKorn(Optional<String> queue) implements OtherScheduler {

  private static final String SCHEDULER = "yunikorn";
  private static final String APPLICATION = "applicationId";
  private static final String QUEUE = "queue";
  private static final String TASK_GROUP = "yunikorn.apache.org/task-group-name";
  private static final String TASK_GROUPS = "yunikorn.apache.org/task-groups";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public BatchMarks each(String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(APPLICATION, name);
    queue.ifPresent(each -> labels.put(QUEUE, each));
    return new BatchMarks(SCHEDULER, labels, Map.of());
  }

  @Override
  public BatchMarks driver(String name, Pod driver, List<Pod> executors) {
    List<Map<String, Object>> groups =
        List.of(
            taskGroup(Names.DRIVER, 1, driver),
            taskGroup(Names.EXECUTOR, executors.size(), executors.get(0)));
    return marks(Names.DRIVER, SparkProperties.json(groups));
  }

  /** Every pod names all groups, for any of them may be the first that YuniKorn sees. */
  @Override
  public BatchMarks executor(Pod driver) {
    return marks(Names.EXECUTOR, OtherScheduler.annotation(driver, TASK_GROUPS));
  }

  private static BatchMarks marks(String group, String groups) {
    return BatchMarks.annotations(Map.of(TASK_GROUP, group, TASK_GROUPS, groups));
  }

  private static Map<String, Object> taskGroup(String name, int members, Pod pod) {
    PodSpec spec = pod.getSpec();
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", name);
    group.put("minMember", members);
    group.put("minResource", PodRequests.of(pod).asQuantities());
    add(group, "nodeSelector", spec.getNodeSelector());
    add(group, "tolerations", spec.getTolerations());
    add(group, "affinity", spec.getAffinity());
    add(group, "topologySpreadConstraints", spec.getTopologySpreadConstraints());
    return group;
  }

  private static void add(Map<String, Object> group, String field, Object value) {
    if (value != null && !JSON.valueToTree(value).isEmpty()) {
      group.put(field, JSON.convertValue(value, Object.class));
    }
  }
}
