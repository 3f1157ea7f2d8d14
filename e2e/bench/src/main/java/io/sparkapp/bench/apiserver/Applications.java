package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;

/** SparkApps as users write them. */
record Applications(KubernetesClient admin, String namespace) {

  /** One with properties and arguments of its own. */
  SparkApp of(String name, String executor) {
    return Serialization.unmarshal(
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata:
          name: %1$s
          namespace: %2$s
          labels: {team: flights, pipeline: nightly}
        spec:
          main:
            jar: local:///opt/app/flights.jar
            class: com.acme.flights.Delays
            args: ["--input", "s3a://acme-lake/flights/2013", "--output", "s3a://acme-lake/delays/%1$s"]
          sparkConf:
            spark.app.name: delays of %1$s
            spark.sql.shuffle.partitions: "64"
            spark.sql.adaptive.enabled: "true"
            spark.serializer: org.apache.spark.serializer.KryoSerializer
            spark.eventLog.enabled: "true"
            spark.eventLog.dir: s3a://acme-lake/history
          driver: {cores: 1, memory: 2g}
          executor: {cores: 2, memory: 4g, %3$s}
        """
            .formatted(name, namespace, executor),
        SparkApp.class);
  }

  void create(String name, String executor) {
    admin.resource(of(name, executor)).create();
  }
}
