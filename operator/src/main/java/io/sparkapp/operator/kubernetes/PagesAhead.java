package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for the next page of a list as soon as the last one has come: the API server writes it while
 * this one is read. The client's informers ask for a page when they have taken in the one before
 * it, so that client and API server would work by turns.
 */
final class PagesAhead implements HttpClient {

  private final HttpClient client;

  /** By the list of which they are pages: of each there is one that nobody has asked for yet. */
  private final Map<ListPage.Of, Ahead> ahead = new ConcurrentHashMap<>();

  private record Ahead(ListPage page, CompletableFuture<HttpResponse<byte[]>> answer) {}

  PagesAhead(HttpClient client) {
    this.client = client;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
    Optional<ListPage> page =
        type == byte[].class && request instanceof StandardHttpRequest
            ? ListPage.asked(request.method(), request.uri())
            : Optional.empty();
    if (page.isEmpty()) {
      return client.sendAsync(request, type);
    }
    return (CompletableFuture<HttpResponse<T>>)
        (CompletableFuture<?>) read((StandardHttpRequest) request, page.get());
  }

  private CompletableFuture<HttpResponse<byte[]>> read(StandardHttpRequest request, ListPage page) {
    Ahead next = ahead.remove(page.list());
    boolean asked = next != null && next.page().equals(page);
    if (next != null && !asked) {
      // The list has begun anew: nobody reads that page any more.
      next.answer().cancel(true);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        asked ? next.answer() : client.sendAsync(request, byte[].class);
    CompletableFuture<HttpResponse<byte[]>> read =
        answer.thenApply(
            response -> {
              if (response.isSuccessful()) {
                page.next(response.body()).ifPresent(after -> ask(request, after));
              }
              return response;
            });
    // Who gives up waiting gives the request up too.
    read.whenComplete(
        (response, failure) -> {
          if (read.isCancelled()) {
            answer.cancel(true);
          }
        });
    return read;
  }

  private void ask(StandardHttpRequest request, ListPage page) {
    HttpRequest next = request.newBuilder().uri(page.address(request.uri())).build();
    ahead.put(page.list(), new Ahead(page, client.sendAsync(next, byte[].class)));
  }

  @Override
  public void close() {
    ahead.clear();
    client.close();
  }

  @Override
  public boolean isClosed() {
    return client.isClosed();
  }

  @Override
  public DerivedClientBuilder newBuilder() {
    return client.newBuilder();
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
      HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return client.consumeBytes(request, consumer);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public HttpRequest.Builder newHttpRequestBuilder() {
    return client.newHttpRequestBuilder();
  }
}
