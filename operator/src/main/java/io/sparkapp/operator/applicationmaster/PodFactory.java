package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorRequestSpec.Opening;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.ExecutorTarget.NewExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes the objects of one attempt as they are to be created. */
final class PodFactory {

  private final DriverPod driverPod;
  private final ExecutorPod executorPod;

  PodFactory(PodDefaults defaults) {
    this.driverPod = new DriverPod(defaults);
    this.executorPod = new ExecutorPod(defaults);
  }

  /**
   * @param opening the first answer, if it may be part of the request
   */
  ExecutorRequest request(Observed observed, Optional<Opening> opening) {
    ExecutorRequest request = new ExecutorRequest();
    request.setMetadata(
        metadata(observed, observed.names().applicationId(), observed.names().labels()));
    ExecutorRequestSpec asking =
        ExecutorRequestSpec.asking(List.of(InitialAsk.of(observed.app().getSpec())));
    request.setSpec(opening.map(asking::opened).orElse(asking));
    return request;
  }

  /**
   * The Secret's owner is the request: it goes when the request goes. A driver without a pod was
   * there before the operator, and so was its secret.
   */
  Optional<ObjectMeta> secret(Observed observed) {
    return observed.inClientPlacement()
        ? Optional.empty()
        : Optional.of(
            new ObjectMetaBuilder()
                .withName(observed.names().applicationId())
                .withNamespace(observed.names().namespace())
                .withLabels(observed.names().labels())
                .build());
  }

  Pod driver(Observed observed) {
    Map<String, String> labels = new HashMap<>(observed.names().labels());
    labels.put(Names.ROLE, Names.DRIVER);
    ObjectMeta metadata = metadata(observed, observed.names().driverPod(), labels);
    metadata.setAnnotations(AttemptSpec.annotations(observed.app()));
    return PodTemplate.over(
        driverPod.build(observed.names(), observed.app().getSpec(), metadata),
        observed.app().getSpec().driver().template(),
        Names.DRIVER,
        "spec.driver.template");
  }

  /**
   * Those that differ in nothing but name and number share one specification, which takes most of
   * the time to make.
   */
  List<Pod> executors(
      Observed observed,
      List<NewExecutor> create,
      ExcludedNodes excluded,
      LocalClaims claims,
      Optional<String> driverAddress) {
    Map<Ask, Pod> models = new HashMap<>();
    return create.stream()
        .map(
            each -> {
              if (claims.ofExecutor(each.id()).isPresent()) {
                return executor(observed, each, excluded, claims, driverAddress);
              }
              Pod model =
                  models.computeIfAbsent(
                      each.ask(), ask -> executor(observed, each, excluded, claims, driverAddress));
              return like(model, observed.names(), each.id());
            })
        .toList();
  }

  private static Pod like(Pod model, Names names, int id) {
    ObjectMeta metadata =
        new ObjectMetaBuilder(model.getMetadata())
            .withName(names.executorPod(id))
            .addToLabels(Names.EXECUTOR_ID, Integer.toString(id))
            .build();
    Pod pod = new Pod();
    pod.setMetadata(metadata);
    pod.setSpec(model.getSpec());
    return pod;
  }

  private Pod executor(
      Observed observed,
      NewExecutor executor,
      ExcludedNodes excluded,
      LocalClaims claims,
      Optional<String> driverAddress) {
    Map<String, String> labels = new HashMap<>(observed.names().executorSelector());
    labels.put(Names.EXECUTOR_ID, Integer.toString(executor.id()));
    labels.put(Names.PROFILE, Integer.toString(executor.ask().profile()));
    ObjectMeta metadata = metadata(observed, observed.names().executorPod(executor.id()), labels);
    driverAddress.ifPresent(
        address -> metadata.setAnnotations(Map.of(Names.DRIVER_ADDRESS, address)));
    Pod pod =
        PodTemplate.over(
            LocalStorage.with(
                executorPod.build(
                    observed.names(), observed.app().getSpec(), executor.ask(), metadata),
                observed.app().getSpec(),
                observed.names(),
                executor.id(),
                claims.ofExecutor(executor.id())),
            ExecutorTemplate.of(observed.app().getSpec(), executor.ask().profile()),
            Names.EXECUTOR,
            "spec.executor.template");
    return NodeAffinities.with(pod, excluded, observed.wanted().preferredNodes());
  }

  private static ObjectMeta metadata(Observed observed, String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(observed.names().namespace())
        .withLabels(labels)
        .withOwnerReferences(owner(observed.app()))
        .build();
  }

  /**
   * One owner only: with a second one, deletion of the first would leave the object behind. Whoever
   * deletes the application in the foreground waits until its driver has really gone.
   */
  private static OwnerReference owner(SparkApp app) {
    return new OwnerReferenceBuilder()
        .withApiVersion(app.getApiVersion())
        .withKind(app.getKind())
        .withName(app.getMetadata().getName())
        .withUid(app.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
