package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.crds.ExecutorRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What an API server keeps of one application beside the SparkApp itself, with events; actions have
 * the effect that they have there.
 */
final class StoredObjects {

  private final Map<String, Pod> pods = new TreeMap<>();
  private final List<String> created = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<Reference> required = new ArrayList<>();
  private Set<Reference> missing = Set.of();
  private int looks;
  private final Map<String, ExecutorRequest> requests = new TreeMap<>();
  private final Set<String> secrets = new TreeSet<>();
  private final Map<String, PersistentVolumeClaim> claims = new TreeMap<>();
  private final Map<String, GenericKubernetesResource> podGroups = new TreeMap<>();
  private boolean deleted;
  private int gang;

  /** The calls that an action takes. */
  List<Runnable> calls(Action action) {
    List<Runnable> calls = new ArrayList<>();
    if (action instanceof Action.Require require) {
      required.addAll(require.references());
      looks++;
    } else if (action instanceof Action.OpenAttempt open) {
      String name = open.request().getMetadata().getName();
      calls.add(() -> requests.putIfAbsent(name, open.request()));
      open.secret().ifPresent(secret -> calls.add(() -> secrets.add(name)));
    } else if (action instanceof Action.Answer answer) {
      calls.add(() -> requests.get(answer.request()).setStatus(answer.status()));
    } else if (action instanceof Action.CreateClaims create) {
      create
          .claims()
          .forEach(claim -> calls.add(() -> claims.put(claim.getMetadata().getName(), claim)));
    } else if (action instanceof Action.CreatePodGroup create) {
      calls.add(
          () -> podGroups.putIfAbsent(create.group().getMetadata().getName(), create.group()));
    } else if (action instanceof Action.CreatePods create) {
      create.pods().forEach(pod -> calls.add(() -> create(pod)));
    } else if (action instanceof Action.TellDriverAddress tell) {
      tell.pods().forEach(pod -> calls.add(() -> annotate(pod, tell.address())));
    } else if (action instanceof Action.DeletePods delete) {
      delete.pods().forEach(pod -> calls.add(() -> pods.remove(pod)));
    } else if (action instanceof Action.DeletePodsWith delete) {
      calls.add(
          () ->
              pods.values()
                  .removeIf(
                      pod ->
                          pod.getMetadata()
                              .getLabels()
                              .entrySet()
                              .containsAll(delete.labels().entrySet())));
    } else if (action instanceof Action.CloseAttempt close) {
      calls.add(
          () -> {
            requests.remove(close.request());
            podGroups.clear();
            claims.keySet().removeIf(claim -> claim.startsWith(close.request() + "-local-"));
            secrets.remove(close.request());
          });
    } else if (action instanceof Action.DeleteApplication) {
      calls.add(() -> deleted = true);
    } else if (action instanceof Action.Announce announce) {
      String text = announce.reason() + ": " + announce.message();
      calls.add(
          () -> {
            if (!said.contains(text)) {
              said.add(text);
            }
          });
    }
    return calls;
  }

  private void create(Pod pod) {
    if (pods.putIfAbsent(pod.getMetadata().getName(), pod) == null) {
      created.add(pod.getMetadata().getName());
      Map<String, String> annotations = pod.getMetadata().getAnnotations();
      gang += annotations != null && annotations.containsKey(BatchScheduling.GANG) ? 1 : 0;
    }
  }

  private void annotate(String pod, String address) {
    edit(
        pod,
        each -> each.editMetadata().addToAnnotations(Names.DRIVER_ADDRESS, address).endMetadata());
  }

  void edit(String name, UnaryOperator<PodBuilder> change) {
    pods.computeIfPresent(name, (key, pod) -> change.apply(new PodBuilder(pod)).build());
  }

  void removePod(String name) {
    pods.remove(name);
  }

  void removeRequest(String name) {
    requests.remove(name);
  }

  /** Looks for what pods refer to. */
  List<Reference> missingAmong(List<Reference> references) {
    looks++;
    required.addAll(references);
    return references.stream().filter(missing::contains).toList();
  }

  /** Says of what pods refer to that it is not there. */
  void misses(Reference... references) {
    missing = Set.of(references);
  }

  Set<Reference> required() {
    return Set.copyOf(required);
  }

  int looks() {
    return looks;
  }

  Collection<Pod> pods() {
    return pods.values();
  }

  Optional<Pod> pod(String name) {
    return Optional.ofNullable(pods.get(name));
  }

  List<String> everCreated() {
    return List.copyOf(created);
  }

  Optional<ExecutorRequest> request(String name) {
    return Optional.ofNullable(requests.get(name));
  }

  boolean hasSecret(String name) {
    return secrets.contains(name);
  }

  Map<String, PersistentVolumeClaim> claims() {
    return Map.copyOf(claims);
  }

  List<GenericKubernetesResource> podGroups() {
    return List.copyOf(podGroups.values());
  }

  List<String> said() {
    return List.copyOf(said);
  }

  boolean applicationDeleted() {
    return deleted;
  }

  /** What an end state is compared by, but for the application's status. */
  Map<String, Object> endState() {
    return Map.of(
        "pods", List.copyOf(pods.keySet()),
        "requests", Set.copyOf(requests.keySet()),
        "secrets", Set.copyOf(secrets),
        "claims", Set.copyOf(claims.keySet()),
        "podGroups", Set.copyOf(podGroups.keySet()),
        "gang", gang);
  }
}
