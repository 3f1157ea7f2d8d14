package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;

/** Applications for tests. */
final class Apps {

  private Apps() {}

  /** Application {@code flights} with this many executors and nothing else unusual. */
  static SparkApp withExecutors(int instances) {
    return of(
        """
        main: {jar: "local:///opt/app.jar", class: com.acme.Main, args: ["--year", "2013"]}
        executor: {instances: %d, cores: 2, memory: 2g}
        """
            .formatted(instances));
  }

  static SparkApp of(String specYaml) {
    SparkApp app = new SparkApp();
    app.setMetadata(
        new ObjectMetaBuilder()
            .withName("flights")
            .withNamespace("jobs")
            .withUid("uid-1")
            .withGeneration(1L)
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    app.setSpec(Serialization.unmarshal(specYaml, SparkAppSpec.class));
    return app;
  }
}
