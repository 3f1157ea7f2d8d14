package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.protobuf.CodedOutputStream;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProtobufReadingTest {

  private static final TypeReference<PodList> POD_LIST = new TypeReference<>() {};

  private final KubernetesSerialization serialization = LeanReading.serialization();

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] answer(String kind, byte[] object) throws IOException {
    byte[] type =
        message(
            out -> {
              out.writeString(1, "v1");
              out.writeString(2, kind);
            });
    byte[] envelope =
        message(
            out -> {
              out.writeByteArray(1, type);
              out.writeByteArray(2, object);
              out.writeString(3, "");
              out.writeString(4, "");
            });
    byte[] whole = Arrays.copyOf("k8s\0".getBytes(StandardCharsets.US_ASCII), envelope.length + 4);
    System.arraycopy(envelope, 0, whole, 4, envelope.length);
    return whole;
  }

  /** A list of one pod with a name, and with fields that nobody knows. */
  private static byte[] list() throws IOException {
    byte[] metadata =
        message(
            out -> {
              out.writeString(1, "flights-1-driver");
              out.writeFixed64(1001, 7);
              out.writeInt64(1002, 7);
              out.writeString(1003, "news");
            });
    byte[] pod = message(out -> out.writeByteArray(1, metadata));
    return message(
        out -> {
          out.writeByteArray(1, message(page -> page.writeString(2, "42")));
          out.writeByteArray(2, pod);
          out.writeFixed32(1004, 7);
        });
  }

  private PodList read(byte[] answer) {
    return serialization.unmarshal(new ByteArrayInputStream(answer), POD_LIST);
  }

  @Test
  void fieldsThatNobodyKnowsArePassedOver() throws IOException {
    PodList pods = read(answer("PodList", list()));

    assertThat(pods.getMetadata().getResourceVersion()).isEqualTo("42");
    assertThat(pods.getItems())
        .singleElement()
        .satisfies(pod -> assertThat(pod.getMetadata().getName()).isEqualTo("flights-1-driver"));
  }

  @Test
  void anAnswerThatEndsTooEarlyIsNoShorterList() throws IOException {
    byte[] whole = answer("PodList", list());

    for (int length = 4 + 1; length < whole.length - 4; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(KubernetesClientException.class);
    }
  }

  @Test
  void anotherKindIsNotTakenForPods() throws IOException {
    byte[] secrets = answer("SecretList", list());

    assertThatThrownBy(() -> read(secrets))
        .isInstanceOf(KubernetesClientException.class)
        .hasRootCauseMessage("It is a v1 SecretList where a v1 PodList was asked for");
  }

  @Test
  void jsonIsReadAsEver() {
    byte[] json =
        "{\"kind\": \"PodList\", \"items\": [{\"metadata\": {\"name\": \"a\"}}]}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(read(json).getItems()).hasSize(1);
    assertThat(read("{}".getBytes(StandardCharsets.UTF_8)).getItems()).isEmpty();
  }
}
