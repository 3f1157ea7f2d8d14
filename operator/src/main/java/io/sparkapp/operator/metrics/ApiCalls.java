package io.sparkapp.operator.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts calls to the API server by verb, resource and the code of the answer. */
final class ApiCalls implements Interceptor {

  /** Code of a call that was not answered at all. */
  static final String NO_ANSWER = "none";

  /** Resource of a path that names none, such as {@code /version}. */
  private static final String NO_RESOURCE = "-";

  /** The API server may be below some path of a proxy. */
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/[^/]+|apis/[^/]+/[^/]+)(?:/namespaces/[^/]+)?"
              + "/(?<resource>[a-z]+)(?:/(?<name>[^/]+)(?:/(?<subresource>[a-z]+))?)?/?$");

  private final MeterRegistry registry;

  ApiCalls(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * What a call was for, as audit logs and RBAC name it.
   *
   * @param resource the plural, with {@code /status} or another subresource behind it
   */
  record Call(String verb, String resource) {

    static Call of(String method, URI uri) {
      Matcher path = PATH.matcher(uri.getPath());
      if (!path.find()) {
        return new Call(method.toLowerCase(Locale.ROOT), NO_RESOURCE);
      }
      boolean named = path.group("name") != null;
      String subresource = path.group("subresource");
      boolean watch = uri.getQuery() != null && uri.getQuery().contains("watch=true");
      return new Call(
          verb(method, named, watch),
          path.group("resource") + (subresource == null ? "" : "/" + subresource));
    }

    private static String verb(String method, boolean named, boolean watch) {
      return switch (method) {
        case "GET" -> watch ? "watch" : named ? "get" : "list";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "DELETE" -> named ? "delete" : "deletecollection";
        default -> method.toLowerCase(Locale.ROOT);
      };
    }
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    count(request, Integer.toString(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    count(request, NO_ANSWER);
  }

  private void count(HttpRequest request, String code) {
    Call call = Call.of(request.method(), request.uri());
    Counter.builder("sparkapp.api.calls")
        .description("Calls to the API server")
        .tag("verb", call.verb())
        .tag("resource", call.resource())
        .tag("code", code)
        .register(registry)
        .increment();
  }
}
