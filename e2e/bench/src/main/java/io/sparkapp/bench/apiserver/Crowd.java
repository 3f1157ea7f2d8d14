package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Many applications that run, each with a driver and {@value #EXECUTORS} executors. One of them the
 * operator has made, and the others are copies of it under names and UIDs of their own, managed
 * fields and all.
 */
final class Crowd {

  static final int EXECUTORS = 4;
  static final int PODS = EXECUTORS + 1;

  private static final String MODEL = "model00";
  private static final String HOME = "crowd-00";
  private static final int NAMESPACES = 20;
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"\\d+\",?");
  private static final String GROUP = "sparkapp.io";

  private final BenchCluster cluster;

  /** An object of the model, by the key that etcd has it under. */
  private record Part(String key, String json, String uid) {}

  Crowd(BenchCluster cluster) {
    this.cluster = cluster;
  }

  /** Namespace of an application. */
  static String namespace(int number) {
    return "crowd-%02d".formatted(number % NAMESPACES);
  }

  static String name(int number) {
    return "a%06d".formatted(number);
  }

  /** Name of one of its executors' pods. */
  static String executor(int number, int id) {
    return name(number) + "-1-exec-" + id;
  }

  /** Has the operator, which must run, make the model. */
  void model() {
    for (int each = 0; each < NAMESPACES; each++) {
      cluster.namespace(namespace(each));
    }
    KubernetesClient admin = cluster.admin();
    new Applications(admin, HOME).create(MODEL, "instances: " + EXECUTORS);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> pods().size() == PODS);
    FakeKubelet kubelet = new FakeKubelet(admin);
    int address = 1;
    for (Pod pod : pods()) {
      String name = pod.getMetadata().getName();
      kubelet.bind(HOME, name, "node-" + address);
      kubelet.runs(
          HOME, name, name.endsWith("driver") ? "driver" : "executor", "10.42.0." + address++);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                status()
                    .filter(each -> each.phase() == Phase.Running)
                    .filter(each -> each.executors().running() == EXECUTORS)
                    .isPresent());
  }

  private List<Pod> pods() {
    return cluster
        .admin()
        .pods()
        .inNamespace(HOME)
        .withLabel("sparkapp.io/app", MODEL)
        .list()
        .getItems();
  }

  private Optional<SparkAppStatus> status() {
    return Optional.ofNullable(
            cluster.admin().resources(SparkApp.class).inNamespace(HOME).withName(MODEL).get())
        .map(SparkApp::getStatus);
  }

  /** Copies the model, with no operator running. */
  void fill(int applications) throws InterruptedException {
    List<Part> parts = parts();
    int atATime = EtcdStore.MOST / parts.size();
    try (EtcdStore store = new EtcdStore(cluster.plane())) {
      Parallel.times(
          (applications + atATime - 1) / atATime,
          batch -> {
            Map<String, String> objects = new LinkedHashMap<>();
            int end = Math.min(applications, (batch + 1) * atATime);
            for (int number = batch * atATime; number < end; number++) {
              copy(parts, number, objects);
            }
            store.put(objects);
          });
    }
  }

  private static void copy(List<Part> parts, int number, Map<String, String> objects) {
    Map<String, String> uids = new LinkedHashMap<>();
    parts.forEach(part -> uids.put(part.uid(), UUID.randomUUID().toString()));
    for (Part part : parts) {
      String json = renamed(part.json(), number);
      for (Map.Entry<String, String> uid : uids.entrySet()) {
        json = json.replace(uid.getKey(), uid.getValue());
      }
      objects.put(renamed(part.key(), number), json);
    }
  }

  private static String renamed(String text, int number) {
    return text.replace(MODEL, name(number)).replace(HOME, namespace(number));
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(custom("sparkapps", MODEL));
    parts.add(custom("executorrequests", MODEL + "-1"));
    for (Pod pod : pods()) {
      String name = pod.getMetadata().getName();
      parts.add(part("/registry/pods/", "/api/v1/namespaces/%s/pods/%s", name));
    }
    return parts;
  }

  private Part custom(String plural, String name) {
    return part(
        "/registry/%s/%s/".formatted(GROUP, plural),
        "/apis/" + GROUP + "/v1alpha1/namespaces/%s/" + plural + "/%s",
        name);
  }

  private Part part(String directory, String path, String name) {
    String json = cluster.admin().raw(path.formatted(HOME, name));
    String uid =
        Serialization.unmarshal(json, GenericKubernetesResource.class).getMetadata().getUid();
    return new Part(directory + HOME + "/" + name, VERSION.matcher(json).replaceFirst(""), uid);
  }
}
