package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How the operator's client reads objects: without what no decision looks at. It is most of a pod,
 * above all who wrote which field, and to make Java objects of it takes most of the time in which
 * caches fill. What is written is written whole; what was read, or cloned by such a client, is not
 * whole, and must not be written back.
 */
public final class LeanReading {

  private LeanReading() {}

  /** For the builder of a client. */
  public static KubernetesSerialization serialization() {
    ObjectMapper mapper =
        new ObjectMapper()
            .addMixIn(ManagedFieldsEntry.class, Managed.class)
            .addMixIn(PodSpec.class, Pods.class)
            .addMixIn(Container.class, Containers.class)
            .addMixIn(WatchEvent.class, Watched.class);
    return new ProtobufReading(mapper);
  }

  /** For the builder of the same client's HTTP client. */
  public static void ask(HttpClient.Builder client) {
    client.addOrReplaceInterceptor("protobuf", new PodListsInProtobuf());
  }

  /** Who wrote last, and when, is read; which fields is most of the text. */
  @JsonIgnoreProperties(value = "fieldsV1", allowGetters = true)
  private interface Managed {}

  @JsonIgnoreProperties(
      value = {"volumes", "tolerations"},
      allowGetters = true)
  private interface Pods {}

  @JsonIgnoreProperties(
      value = {"command", "args", "env", "volumeMounts"},
      allowGetters = true)
  private interface Containers {}

  private interface Watched {

    @JsonDeserialize(using = WatchedObject.class)
    void setObject(Object object);
  }
}
