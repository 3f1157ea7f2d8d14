package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads lists of pods in Protocol Buffers too: four bytes that no JSON and no YAML begins with, and
 * an envelope that names kind and version. All else is read as the client does.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">the
 *     encoding</a>
 */
final class ProtobufReading extends KubernetesSerialization {

  private static final byte[] BEGINNING = {'k', '8', 's', 0};
  private static final String POD_LIST = "v1 PodList";

  private static final ProtobufMessage<Envelope> ENVELOPE =
      new ProtobufMessage<Envelope>(Envelope::new)
          .message(
              1,
              new ProtobufMessage<Envelope>(Envelope::new)
                  .text(1, (type, version) -> type.version = version)
                  .text(2, (type, kind) -> type.kind = kind),
              (envelope, type) -> {
                envelope.version = type.version;
                envelope.kind = type.kind;
              })
          .given(
              2,
              CodedInputStream::readBytes,
              (envelope, object) -> envelope.object = Optional.of(object));

  /** What is around each object. */
  private static final class Envelope {
    private String version = "";
    private String kind = "";
    private Optional<ByteString> object = Optional.empty();
  }

  ProtobufReading(ObjectMapper mapper) {
    super(mapper, true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws KubernetesClientException when it is Protocol Buffers but no list of pods, or not whole
   */
  @Override
  @SuppressWarnings("unchecked")
  public <T> T unmarshal(InputStream in, TypeReference<T> type) {
    InputStream again = in.markSupported() ? in : new BufferedInputStream(in);
    try {
      again.mark(BEGINNING.length);
      if (!Arrays.equals(again.readNBytes(BEGINNING.length), BEGINNING)) {
        again.reset();
        return super.unmarshal(again, type);
      }
      // The client asks for it only where a list of pods is wanted.
      return (T) pods(again.readAllBytes());
    } catch (IOException e) {
      throw new KubernetesClientException("The API server's answer can not be read", e);
    }
  }

  private static Object pods(byte[] bytes) throws IOException {
    Envelope envelope = ENVELOPE.read(CodedInputStream.newInstance(bytes));
    String kind = envelope.version + " " + envelope.kind;
    if (!POD_LIST.equals(kind)) {
      throw new IOException("It is a " + kind + " in a form in which only lists of pods are asked");
    }
    // The smallest list has a version: without it, not all of the answer has come.
    ByteString list = envelope.object.orElseThrow(() -> new IOException("It ends too early"));
    return PodMessages.PODS.read(list.newCodedInput());
  }
}
