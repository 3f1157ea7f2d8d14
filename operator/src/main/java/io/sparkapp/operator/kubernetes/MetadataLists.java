package io.sparkapp.operator.kubernetes;

import com.google.protobuf.CodedInputStream;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Lists of objects without what they say ({@code meta/v1}'s PartialObjectMetadataList), a small
 * part of the text, in Protocol Buffers. The client has no lists of that form, so they are asked
 * for by hand.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches">how
 *     other forms of a list are asked for</a>
 */
final class MetadataLists {

  /** Version and kind of what is answered. */
  static final String KIND = "meta.k8s.io/v1 PartialObjectMetadataList";

  /** How they are asked for. */
  static final String ACCEPT =
      "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final KubernetesClient client;

  MetadataLists(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Reads a list, or a page of one.
   *
   * @param path from the API server's address on, with parameters
   * @param message what it is made into
   * @return empty when it is refused; why, another form tells in words that the client understands
   * @throws KubernetesClientException when the API server does not answer, or in another form
   */
  <T> Optional<T> read(String path, ProtobufMessage<T> message) {
    HttpClient http = client.getHttpClient();
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(URI.create(client.getConfiguration().getMasterUrl()).resolve(path))
            .setHeader("Accept", ACCEPT)
            .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS)
            .build();
    CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, byte[].class);
    try {
      HttpResponse<byte[]> answer = asked.get();
      return answer.isSuccessful()
          ? Optional.of(message.read(object(answer.body())))
          : Optional.empty();
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("Reading " + path + " was interrupted", e);
    } catch (IOException | ExecutionException e) {
      throw new KubernetesClientException(path + " could not be listed: " + e, e);
    }
  }

  private static CodedInputStream object(byte[] answer) throws IOException {
    return ProtobufReading.object(answer, KIND).newCodedInput();
  }
}
