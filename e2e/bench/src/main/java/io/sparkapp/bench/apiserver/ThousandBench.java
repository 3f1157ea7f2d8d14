package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.bench.Row;
import io.sparkapp.bench.Wanted;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.local.controllers.ClusterControllers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A thousand applications applied at once, two executors each, and then deleted; beside a client
 * that creates the same objects itself, with no operator there, and owners of as many pods that are
 * deleted; and beside spark-submit, of which there are fewer. Pods go by the garbage collector of
 * the local cluster, both ours and the others.
 */
public final class ThousandBench {

  private static final String OURS = "ours";
  private static final String BARE = "bare";
  private static final String SPARK = "spark";
  private static final int PODS = 3;
  private static final int SUBMISSIONS = Integer.getInteger("submissions", 8);

  private final BenchCluster cluster;
  private final KubernetesClient admin;
  private final int applications =
      Integer.getInteger("applications", Results.shortForm() ? 200 : 1000);
  private final int warmUp = applications / 10;

  /** Those of the warm-up, and the model. */
  private final int before = warmUp + 1;

  private ThousandBench(BenchCluster cluster) {
    this.cluster = cluster;
    this.admin = cluster.admin();
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (BenchCluster cluster = BenchCluster.start()) {
      cluster.namespace(OURS);
      cluster.namespace(BARE, "sparkapp-driver");
      new ThousandBench(cluster).measure();
    }
  }

  private void measure() throws Exception {
    List<HasMetadata> model;
    try (OperatorProcess operator = OperatorProcess.start(cluster, "512m").awaitReady()) {
      model = model();
      Results.note("thousand.tsv", "cpu until the model was there, ms", operator.cpu().toMillis());
    }
    double bare = bareCreation(model);
    admin.resources(SparkApp.class).inNamespace(BARE).delete();
    admin.resources(ExecutorRequest.class).inNamespace(BARE).delete();
    admin.pods().inNamespace(BARE).delete();
    double ours = ours(bare, (Pod) model.get(model.size() - 1));
    submissions(ours);
  }

  private void submissions(double ours) throws IOException, InterruptedException {
    cluster.namespace(SPARK);
    double sparks = new SparkSubmissions(admin, cluster.spark(), SPARK).seconds(SUBMISSIONS);
    Results.note("thousand.tsv", "spark-submit", SUBMISSIONS, "s", sparks);
    Row.against(
            applications + " applications at once, beside spark-submit",
            60 * applications / ours,
            "%d spark-submits, %d at a time".formatted(SUBMISSIONS, SparkSubmissions.PARALLEL),
            60 * SUBMISSIONS / sparks,
            "/min",
            Wanted.atLeast(50))
        .write();
  }

  /** Seconds to the last driver's pod. */
  private double ours(double bare, Pod model) throws Exception {
    try (OperatorProcess operator = OperatorProcess.start(cluster, "512m").awaitReady()) {
      warmUp();
      double ours = ourCreation();
      Results.note("thousand.tsv", "created: ours, s", ours, "bare, s", bare);
      Row.against(
              applications + " applications at once, apply to driver's pod",
              60 * applications / ours,
              "bare client, same objects",
              60 * applications / bare,
              "/min",
              Wanted.atLeast(0.5))
          .write();
      deletion(model);
      Results.note("thousand.tsv", "operator's cpu, ms", operator.cpu().toMillis());
      return ours;
    }
  }

  /**
   * What the operator makes of one application: application, request, Secret, driver, executors.
   */
  private List<HasMetadata> model() {
    new Applications(admin, OURS).create("model", "instances: 2");
    Awaitility.await()
        .until(() -> podsOf("model").size() == PODS && app("model").getStatus() != null);
    List<HasMetadata> objects = new java.util.ArrayList<>();
    objects.add(app("model"));
    objects.add(
        admin.resources(ExecutorRequest.class).inNamespace(OURS).withName("model-1").require());
    Secret secret = admin.secrets().inNamespace(OURS).withName("model-1").require();
    objects.add(secret);
    objects.addAll(podsOf("model"));
    return objects.stream().map(ThousandBench::unmade).toList();
  }

  private SparkApp app(String name) {
    return admin.resources(SparkApp.class).inNamespace(OURS).withName(name).require();
  }

  private List<Pod> podsOf(String app) {
    return admin.pods().inNamespace(OURS).withLabel("sparkapp.io/app", app).list().getItems();
  }

  /** As it was before the API server had it. */
  private static HasMetadata unmade(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setUid(null);
    metadata.setResourceVersion(null);
    metadata.setCreationTimestamp(null);
    metadata.setManagedFields(List.of());
    metadata.setGeneration(null);
    return object;
  }

  private double bareCreation(List<HasMetadata> model) throws InterruptedException {
    List<String> texts = model.stream().map(Serialization::asJson).toList();
    try (Births births = new Births(admin, BARE, "sparkapp.io/role", "driver")) {
      long began = System.nanoTime();
      Parallel.times(
          applications,
          number -> {
            for (String text : texts) {
              admin
                  .resource(
                      text.replace("\"model", "\"bare" + number)
                          .replace("\"namespace\":\"" + OURS, "\"namespace\":\"" + BARE))
                  .create();
            }
          });
      births.awaitBorn(applications, began);
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private void warmUp() throws InterruptedException {
    Parallel.times(warmUp, number -> new Applications(admin, OURS).create("warm" + number, TWO));
    Awaitility.await()
        .atMost(java.time.Duration.ofMinutes(2))
        .until(() -> admin.pods().inNamespace(OURS).list().getItems().size() >= before * PODS);
  }

  private static final String TWO = "instances: 2";

  private double ourCreation() throws InterruptedException {
    Applications apps = new Applications(admin, OURS);
    try (Births drivers = new Births(admin, OURS, "sparkapp.io/role", "driver");
        Births executors = new Births(admin, OURS, "sparkapp.io/role", "executor")) {
      drivers.awaitBorn(before, System.nanoTime());
      executors.awaitBorn(2 * before, System.nanoTime());
      long began = System.nanoTime();
      Parallel.times(applications, number -> apps.create("app" + number, TWO));
      double applied = (System.nanoTime() - began) / 1e9;
      double seconds = drivers.awaitBorn(before + applications, began);
      double all = executors.awaitBorn(2 * (before + applications), began);
      Results.note("thousand.tsv", "applied, s", applied, "all executors, s", all);
      return seconds;
    }
  }

  /** As many pods, three for each owner, against all pods of all applications. */
  private void deletion(Pod model) throws InterruptedException {
    Parallel.times(applications, number -> owned(model, number));
    int known = podsKnown(OURS);
    try (ClusterControllers controllers = cluster.controllers()) {
      // The collector has seen everything once what nobody owns any more is gone.
      proofOfCollection(model);
      double bare =
          timed(
              BARE,
              applications * PODS,
              number -> admin.configMaps().inNamespace(BARE).withName("owner" + number).delete());
      double ours =
          timed(
              OURS,
              applications * PODS,
              number ->
                  admin
                      .resources(SparkApp.class)
                      .inNamespace(OURS)
                      .withName("app" + number)
                      .delete());
      Results.note("thousand.tsv", "deleted: ours, s", ours, "bare, s", bare, "pods", known);
      Row.against(
              "%d applications deleted, to the last of %d pods"
                  .formatted(applications, applications * PODS),
              ours,
              "as many pods of %d owners".formatted(applications),
              bare,
              "s",
              Wanted.atMost(1.5))
          .write();
      Results.note("thousand.tsv", "controllers", controllers.getClass().getSimpleName());
    }
  }

  private int podsKnown(String namespace) {
    return admin.pods().inNamespace(namespace).list().getItems().size();
  }

  private double timed(String namespace, int pods, java.util.function.IntConsumer deletion)
      throws InterruptedException {
    int there = podsKnown(namespace);
    try (Births births = new Births(admin, namespace, "sparkapp.io/attempt", "1")) {
      births.awaitBorn(there, System.nanoTime());
      long began = System.nanoTime();
      Parallel.times(applications, deletion);
      return births.awaitGone(pods, began);
    }
  }

  private void proofOfCollection(Pod model) {
    Pod orphan = podOf(model, "orphan", "nobody", UUID.randomUUID().toString());
    admin.resource(orphan).create();
    Awaitility.await()
        .atMost(java.time.Duration.ofMinutes(2))
        .until(() -> admin.pods().inNamespace(BARE).withName("orphan").get() == null);
  }

  private void owned(Pod model, int number) {
    String owner = "owner" + number;
    String uid =
        admin
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(owner)
                    .withNamespace(BARE)
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getUid();
    for (int each = 0; each < PODS; each++) {
      admin.resource(podOf(model, owner + "-" + each, owner, uid)).create();
    }
  }

  private static Pod podOf(Pod model, String name, String owner, String uid) {
    Pod pod = Serialization.clone(model);
    pod.getMetadata().setName(name);
    pod.getMetadata().setNamespace(BARE);
    pod.getMetadata().setLabels(Map.of("sparkapp.io/attempt", "1"));
    var reference = pod.getMetadata().getOwnerReferences().get(0);
    reference.setApiVersion("v1");
    reference.setKind("ConfigMap");
    reference.setName(owner);
    reference.setUid(uid);
    return pod;
  }
}
