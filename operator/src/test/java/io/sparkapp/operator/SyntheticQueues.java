package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkQueue;
import java.util.Map;

/**
 * Queues with work in them, as a deciding operator writes them.
 *
 * @param admin may do everything
 */
record SyntheticQueues(KubernetesClient admin) {

  /** Four, some of them under others. */
  void create() {
    stands("root", "64", "40", "64", "62%", 12, 31);
    stands("analytics", "16", "24", "32", "37%", 7, 3);
    stands("adhoc", "0", "2", "16", "3%", 1, 0);
    stands("etl", "16", "14", "48", "22%", 4, 28);
  }

  /** Makes a queue, or tells anew how it stands. */
  void stands(
      String name,
      String guaranteed,
      String used,
      String most,
      String share,
      int running,
      int waiting) {
    SparkQueue queue =
        Serialization.unmarshal(
            "apiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: "
                + name
                + "}\nspec: {"
                + (name.equals("adhoc") ? "parent: analytics" : "")
                + "}\n",
            SparkQueue.class);
    if (admin.resource(queue).get() == null) {
      admin.resource(queue).create();
    }
    admin
        .resources(SparkQueue.class)
        .withName(name)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of(
                    "status",
                    Map.of(
                        "guaranteed",
                        Map.of("cpu", guaranteed, "memory", guaranteed + "Gi"),
                        "used",
                        Map.of("cpu", used, "memory", used + "Gi"),
                        "capacity",
                        Map.of("cpu", most, "memory", most + "Gi"),
                        "pending",
                        Map.of("cpu", "8", "memory", "8Gi"),
                        "share",
                        share,
                        "running",
                        running,
                        "waiting",
                        waiting,
                        "message",
                        running + " applications run, " + waiting + " wait."))));
  }
}
