package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The form in which objects are kept in memory: with what decisions are made from, and what the
 * page shows, and nothing else. What many of them have in common is there once. A decision comes to
 * the same whether it sees an object or its cached form.
 *
 * <p>An object is brought into it and stays the same object: while caches fill, events of all that
 * came so far wait with the objects they are about, and those must not be kept whole either.
 */
public final class CachedForm {

  /** Kubectl's copy of what was applied. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final SharedValues shared = new SharedValues();

  /** Of an application: all but who wrote which field, and kubectl's second copy of it. */
  public SparkApp of(SparkApp app) {
    app.setMetadata(of(app.getMetadata()));
    return app;
  }

  /** Of a request: all but who wrote which field. */
  public ExecutorRequest of(ExecutorRequest request) {
    request.setMetadata(of(request.getMetadata()));
    return request;
  }

  /**
   * Of a pod: what {@link PodReading}, {@link PodRequests} and the page read. Its containers have
   * neither commands nor environment, its conditions no times.
   */
  public Pod of(Pod pod) {
    pod.setAdditionalProperties(Map.of());
    pod.setApiVersion(shared.of(pod.getApiVersion()));
    pod.setKind(shared.of(pod.getKind()));
    pod.setMetadata(of(pod.getMetadata()));
    pod.setSpec(pod.getSpec() == null ? null : shared.of(of(pod.getSpec())));
    pod.setStatus(pod.getStatus() == null ? null : of(pod.getStatus()));
    return pod;
  }

  private ObjectMeta of(ObjectMeta metadata) {
    ObjectMeta kept = new ObjectMeta();
    kept.setAdditionalProperties(Map.of());
    kept.setName(metadata.getName());
    kept.setNamespace(shared.of(metadata.getNamespace()));
    // Pods of one application refer to its UID.
    kept.setUid(shared.of(metadata.getUid()));
    kept.setResourceVersion(metadata.getResourceVersion());
    kept.setGeneration(metadata.getGeneration());
    kept.setCreationTimestamp(shared.of(metadata.getCreationTimestamp()));
    kept.setDeletionTimestamp(metadata.getDeletionTimestamp());
    kept.setDeletionGracePeriodSeconds(metadata.getDeletionGracePeriodSeconds());
    kept.setLabels(texts(metadata.getLabels()));
    kept.setAnnotations(texts(withoutLastApplied(metadata.getAnnotations())));
    kept.setFinalizers(List.copyOf(metadata.getFinalizers()));
    kept.setOwnerReferences(all(metadata.getOwnerReferences(), this::of));
    kept.setManagedFields(List.of());
    return kept;
  }

  private static Map<String, String> withoutLastApplied(Map<String, String> annotations) {
    if (annotations == null || !annotations.containsKey(LAST_APPLIED)) {
      return annotations;
    }
    Map<String, String> others = new HashMap<>(annotations);
    others.remove(LAST_APPLIED);
    return others;
  }

  private Map<String, String> texts(Map<String, String> texts) {
    if (texts == null || texts.isEmpty()) {
      return Map.of();
    }
    Map<String, String> same = new HashMap<>();
    texts.forEach((key, value) -> same.put(shared.of(key), shared.of(value)));
    return shared.of(Map.copyOf(same));
  }

  private OwnerReference of(OwnerReference owner) {
    OwnerReference kept = new OwnerReference();
    kept.setAdditionalProperties(Map.of());
    kept.setApiVersion(shared.of(owner.getApiVersion()));
    kept.setKind(shared.of(owner.getKind()));
    kept.setName(owner.getName());
    kept.setUid(shared.of(owner.getUid()));
    kept.setController(owner.getController());
    kept.setBlockOwnerDeletion(owner.getBlockOwnerDeletion());
    return kept;
  }

  private PodSpec of(PodSpec spec) {
    PodSpec kept = new PodSpec();
    kept.setAdditionalProperties(Map.of());
    kept.setNodeName(shared.of(spec.getNodeName()));
    kept.setHostNetwork(spec.getHostNetwork());
    kept.setSchedulerName(shared.of(spec.getSchedulerName()));
    kept.setPriorityClassName(shared.of(spec.getPriorityClassName()));
    kept.setSchedulingGates(spec.getSchedulingGates());
    kept.setContainers(all(spec.getContainers(), this::of));
    kept.setInitContainers(all(spec.getInitContainers(), this::of));
    return kept;
  }

  private Container of(Container container) {
    Container kept = new Container();
    kept.setAdditionalProperties(Map.of());
    kept.setName(shared.of(container.getName()));
    kept.setImage(shared.of(container.getImage()));
    kept.setRestartPolicy(container.getRestartPolicy());
    kept.setResources(container.getResources());
    return kept;
  }

  private PodStatus of(PodStatus status) {
    PodStatus kept = new PodStatus();
    kept.setAdditionalProperties(Map.of());
    kept.setPhase(shared.of(status.getPhase()));
    kept.setReason(shared.of(status.getReason()));
    kept.setMessage(shared.of(status.getMessage()));
    kept.setPodIP(status.getPodIP());
    kept.setStartTime(shared.of(status.getStartTime()));
    kept.setConditions(all(status.getConditions(), this::of));
    kept.setContainerStatuses(all(status.getContainerStatuses(), this::of));
    kept.setInitContainerStatuses(all(status.getInitContainerStatuses(), this::of));
    kept.setEphemeralContainerStatuses(List.of());
    kept.setHostIPs(List.of());
    kept.setPodIPs(List.of());
    kept.setResourceClaimStatuses(List.of());
    return kept;
  }

  private PodCondition of(PodCondition condition) {
    PodCondition kept = new PodCondition();
    kept.setAdditionalProperties(Map.of());
    kept.setType(shared.of(condition.getType()));
    kept.setStatus(shared.of(condition.getStatus()));
    kept.setReason(shared.of(condition.getReason()));
    kept.setMessage(shared.of(condition.getMessage()));
    return kept;
  }

  private ContainerStatus of(ContainerStatus status) {
    ContainerStatus kept = new ContainerStatus();
    kept.setAdditionalProperties(Map.of());
    kept.setName(shared.of(status.getName()));
    kept.setRestartCount(status.getRestartCount());
    kept.setState(status.getState() == null ? null : of(status.getState()));
    kept.setAllocatedResourcesStatus(List.of());
    kept.setVolumeMounts(List.of());
    return kept;
  }

  /** Containers end once only: their last state before this one is not asked for. */
  private ContainerState of(ContainerState state) {
    Optional.ofNullable(state.getTerminated()).ifPresent(end -> end.setContainerID(null));
    return state;
  }

  private <T> List<T> all(List<T> values, UnaryOperator<T> form) {
    return values == null || values.isEmpty()
        ? List.of()
        : shared.of(values.stream().filter(Objects::nonNull).map(form).toList());
  }
}
