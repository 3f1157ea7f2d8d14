package io.sparkapp.local.archives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lists in Protocol Buffers, as the operator asks for them: a pod in each page, and objects of any
 * kind with no more than their metadata. The numbers are those of Kubernetes' {@code
 * generated.proto}s.
 */
final class ListBytes {

  private static final int BYTES = 2;
  private static final int SEVEN_BITS = 0x7f;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ListBytes() {}

  /**
   * A page of pods.
   *
   * @param next the token of the next page; empty when there is none
   */
  static byte[] pods(String next) {
    return answer(
        "v1", "PodList", list(next, pod("training-" + (next.isEmpty() ? "last" : "first"))));
  }

  /** Names and versions of objects. */
  static byte[] versions(List<ObjectNode> objects) {
    return answer(
        "meta.k8s.io/v1",
        "PartialObjectMetadataList",
        list("", objects.stream().map(ListBytes::version).toArray(ListBytes[]::new)));
  }

  private static byte[] answer(String version, String kind, ListBytes list) {
    ListBytes answer = new ListBytes();
    answer.out.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
    return answer
        .with(1, new ListBytes().with(1, version).with(2, kind))
        .with(2, list)
        .out
        .toByteArray();
  }

  private static ListBytes list(String next, ListBytes... objects) {
    ListBytes list = new ListBytes().with(1, new ListBytes().with(2, "1").with(3, next));
    for (ListBytes each : objects) {
      list.with(2, each);
    }
    return list;
  }

  private static ListBytes version(ObjectNode object) {
    JsonNode metadata = object.get("metadata");
    return new ListBytes()
        .with(
            1,
            new ListBytes()
                .with(1, metadata.path("name").asText())
                .with(3, metadata.path("namespace").asText())
                .with(6, metadata.path("resourceVersion").asText()));
  }

  /** A running one of an application that nobody knows any more. */
  private static ListBytes pod(String name) {
    ListBytes time = new ListBytes().with(1, 1_767_225_600);
    ListBytes metadata =
        new ListBytes()
            .with(1, name)
            .with(3, "training")
            .with(5, name)
            .with(6, "1")
            .with(8, time)
            .with(11, entry("app.kubernetes.io/managed-by", "sparkapp-operator"))
            .with(11, entry("sparkapp.io/app", "training"))
            .with(13, new ListBytes().with(1, "ExecutorRequest").with(3, name).with(4, name));
    ListBytes requests = new ListBytes().with(1, "cpu").with(2, text("1"));
    ListBytes container =
        new ListBytes()
            .with(1, "executor")
            .with(2, "sparkapp/executor")
            .with(8, new ListBytes().with(2, requests));
    ListBytes state = new ListBytes().with(2, new ListBytes().with(1, time));
    ListBytes status =
        new ListBytes()
            .with(1, "Running")
            .with(2, new ListBytes().with(1, "Ready").with(2, "True"))
            .with(6, "127.0.0.1")
            .with(7, time)
            .with(8, new ListBytes().with(1, "executor").with(2, state).with(5, 0));
    return new ListBytes()
        .with(1, metadata)
        .with(2, new ListBytes().with(2, container).with(10, "node"))
        .with(3, status);
  }

  private static ListBytes entry(String key, String value) {
    return new ListBytes().with(1, key).with(2, value);
  }

  private static ListBytes text(String value) {
    return new ListBytes().with(1, value);
  }

  private ListBytes with(int field, String text) {
    return with(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private ListBytes with(int field, ListBytes message) {
    return with(field, message.out.toByteArray());
  }

  private ListBytes with(int field, byte[] bytes) {
    number(field << 3 | BYTES);
    number(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private ListBytes with(int field, int number) {
    number(field << 3);
    number(number);
    return this;
  }

  /** Seven bits at a time, the lowest first; the eighth says that more come. */
  private void number(int value) {
    int rest = value;
    while (rest > SEVEN_BITS) {
      out.write(rest & SEVEN_BITS | SEVEN_BITS + 1);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
