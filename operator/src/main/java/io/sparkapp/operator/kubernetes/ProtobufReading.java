package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
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
  static final String POD_LIST = "v1 PodList";

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
      boolean protobuf = begins(again.readNBytes(BEGINNING.length));
      again.reset();
      // The client asks for it only where a list of pods is wanted.
      return protobuf ? (T) pods(again.readAllBytes()) : super.unmarshal(again, type);
    } catch (IOException e) {
      throw new KubernetesClientException("The API server's answer can not be read", e);
    }
  }

  private static Object pods(byte[] list) throws IOException {
    return PodMessages.PODS.read(object(list, POD_LIST).newCodedInput());
  }

  /**
   * What is in the envelope.
   *
   * @param answer whole, with the bytes that it begins with; nobody may change it any more
   * @param kinds version and kind that it may be of
   * @throws IOException when it is of another, or not whole
   */
  static ByteString object(byte[] answer, String... kinds) throws IOException {
    if (!begins(answer)) {
      throw new IOException("It is not in Protocol Buffers");
    }
    ByteString all =
        UnsafeByteOperations.unsafeWrap(answer, BEGINNING.length, answer.length - BEGINNING.length);
    CodedInputStream in = all.newCodedInput();
    // The object, which is nearly all of it, is not copied out of it.
    in.enableAliasing(true);
    Envelope envelope = ENVELOPE.read(in);
    String said = envelope.version + " " + envelope.kind;
    if (!List.of(kinds).contains(said)) {
      String wanted = String.join(" or a ", kinds);
      throw new IOException("It is a " + said + " where a " + wanted + " was asked for");
    }
    // The smallest list has a version: without it, not all of the answer has come.
    return envelope.object.orElseThrow(() -> new IOException("It ends too early"));
  }

  /** Whether an answer is in Protocol Buffers. */
  static boolean begins(byte[] answer) {
    return Arrays.equals(
        answer, 0, Math.min(answer.length, BEGINNING.length), BEGINNING, 0, BEGINNING.length);
  }
}
