package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Asks for lists of pods in Protocol Buffers, which an API server writes in half of the time that
 * JSON takes it, and which {@link ProtobufReading} reads. One that can not do so answers in JSON.
 */
final class PodListsInProtobuf implements Interceptor {

  private static final String ACCEPT = "Accept";
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /** The API server may be below some path of a proxy. */
  private static final Pattern PODS = Pattern.compile("/api/v1(/namespaces/[^/]+)?/pods/?$");

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    boolean ofMetadata = request.headers(ACCEPT).contains(MetadataLists.ACCEPT);
    if (isListOfPods(request.method(), request.uri()) && !ofMetadata) {
      builder.setHeader(ACCEPT, PROTOBUF + ", " + JSON);
    }
  }

  static boolean isListOfPods(String method, URI uri) {
    boolean watch = uri.getQuery() != null && uri.getQuery().contains("watch=true");
    return method.equals("GET") && !watch && PODS.matcher(uri.getPath()).find();
  }

  /** Why it does not answer is told in the same form. The client understands it in JSON only. */
  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    boolean unread =
        response.headers("Content-Type").stream().anyMatch(type -> type.startsWith(PROTOBUF));
    if (unread) {
      builder.setHeader(ACCEPT, JSON);
    }
    return CompletableFuture.completedFuture(unread);
  }
}
