package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PagesAheadTest {

  private static final String LIST = "https://host/apis/sparkapp.io/v1alpha1/sparkapps?limit=2";
  private static final int OK = 200;
  private static final int GONE = 410;

  /** What the API server was asked for, in that order, and its answers as they are given. */
  private final Map<String, CompletableFuture<HttpResponse<byte[]>>> calls = new LinkedHashMap<>();

  private final HttpClient client = new PagesAhead(server());

  private HttpClient server() {
    return (HttpClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpClient.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("sendAsync");
              HttpRequest request = (HttpRequest) arguments[0];
              CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
              assertThat(calls.put(request.uri().toString(), answer)).isNull();
              return answer;
            });
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(String address) {
    return client.sendAsync(new StandardHttpRequest.Builder().uri(address).build(), byte[].class);
  }

  private void answer(String address, int code, String next) {
    byte[] body =
        "{\"items\":[],\"metadata\":{\"continue\":\"%s\"}}"
            .formatted(next)
            .getBytes(StandardCharsets.UTF_8);
    calls.get(address).complete(new Answer(code, body));
  }

  private record Answer(int code, byte[] body) implements HttpResponse<byte[]> {

    @Override
    public HttpRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String key) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }
  }

  @Test
  void theNextPageIsAskedForWhenOneHasComeAndNotAgain() {
    ask(LIST);
    assertThat(calls).containsOnlyKeys(LIST);

    answer(LIST, OK, "b");
    assertThat(calls).containsOnlyKeys(LIST, LIST + "&continue=b");

    CompletableFuture<HttpResponse<byte[]>> second = ask(LIST + "&continue=b");
    assertThat(calls).hasSize(2);
    assertThat(second).isNotDone();

    answer(LIST + "&continue=b", OK, "c");
    assertThat(second).isCompletedWithValueMatching(page -> page.code() == OK);
    assertThat(calls).hasSize(3).containsKey(LIST + "&continue=c");

    answer(LIST + "&continue=c", OK, "");
    assertThat(ask(LIST + "&continue=c")).isDone();
    assertThat(calls).hasSize(3);
  }

  @Test
  void aListThatBeginsAnewGetsNothingThatWasAskedForBefore() {
    ask(LIST);
    CompletableFuture<HttpResponse<byte[]>> first = calls.remove(LIST);
    first.complete(new Answer(OK, "],\"continue\":\"b\"".getBytes(StandardCharsets.UTF_8)));
    CompletableFuture<HttpResponse<byte[]>> unread = calls.remove(LIST + "&continue=b");

    ask(LIST);
    ask(LIST + "&continue=b");

    assertThat(unread).isCancelled();
    assertThat(calls).containsOnlyKeys(LIST, LIST + "&continue=b");
  }

  @Test
  void afterARefusalNothingIsAskedFor() {
    CompletableFuture<HttpResponse<byte[]>> refused = ask(LIST);

    answer(LIST, GONE, "b");

    assertThat(refused).isCompletedWithValueMatching(page -> page.code() == GONE);
    assertThat(calls).hasSize(1);
  }

  @Test
  void aPageThatCouldNotBeReadIsAFailureToWhoAsksForIt() {
    ask(LIST);
    answer(LIST, OK, "b");
    calls.get(LIST + "&continue=b").completeExceptionally(new IllegalStateException("away"));

    assertThat(ask(LIST + "&continue=b")).isCompletedExceptionally();
    assertThat(calls).hasSize(2);
  }

  @Test
  void whoGivesUpAPageGivesUpTheRequestForIt() {
    ask(LIST).cancel(true);

    assertThat(calls.get(LIST)).isCancelled();
  }

  @Test
  void otherRequestsArePassedOn() {
    ask("https://host/api/v1/pods?watch=true");
    ask("https://host/api/v1/namespaces/jobs/pods/flights-1-driver");

    assertThat(calls).hasSize(2);
  }
}
